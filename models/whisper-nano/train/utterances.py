"""Spoken sentences as the network sees them: frames with labels, and words that can be cut out and put together anew."""
import pickle
import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from align import PAUSE
from features import FLOOR, FRAMES_PER_SECOND, MELS
from vocabulary import END, MARKS, encode


@dataclass(frozen=True)
class Word:
    """`tokens` with the centre of each (seconds); the word lies in the frames [first, end)."""
    text: str
    tokens: tuple[int, ...]
    centres: tuple[float, ...]
    first: int
    end: int


@dataclass(frozen=True)
class Utterance:
    """Frames of 10 ms: log power (n × 80), phones and tokens (n); speech lasts from `start` to `stop` seconds."""
    voice: str
    power: np.ndarray
    phones: np.ndarray
    tokens: np.ndarray
    words: tuple[Word, ...]
    start: float
    stop: float

    def __len__(self):
        return len(self.power)

    @property
    def text(self):
        return ' '.join(word.text for word in self.words)

    def part(self, first, end):
        """The words [first, end) alone."""
        if first == 0 and end == len(self.words):
            return self
        low, high = self.words[first].first, self.words[end - 1].end
        shift = low / FRAMES_PER_SECOND
        words = tuple(moved(word, -low) for word in self.words[first:end])
        return Utterance(self.voice, self.power[low:high], self.phones[low:high], self.tokens[low:high], words,
                         max(0.0, self.start - shift), min(self.stop - shift, (high - low) / FRAMES_PER_SECOND))


def moved(word, frames):
    shift = frames / FRAMES_PER_SECOND
    return Word(word.text, word.tokens, tuple(centre + shift for centre in word.centres), word.first + frames, word.end + frames)


def read_shard(file):
    return [utterance(**one) for one in pickle.loads(Path(file).read_bytes())]


def utterance(text, voice, power, phones, letters, start, end):
    ids, spans = encode(text)
    spans = [[at for at in span if text[at] != ' '] or list(span) or [0] for span in spans]
    centres = [float(np.mean(letters[span])) for span in spans]
    heard = [number for number, span in enumerate(spans) if text[span[0]].isalpha() or text[span[0]] == "'"]
    borders = [(letters[spans[one][-1]] + letters[spans[other][0]]) / 2 for one, other in zip(heard, heard[1:])]
    times = np.arange(len(power)) / FRAMES_PER_SECOND
    tokens = np.array([ids[at] for at in heard], np.uint16)[np.searchsorted(np.maximum.accumulate(borders), times)]
    tokens[phones == PAUSE] = END
    return Utterance(voice, power, phones, tokens, words_of(text, ids, spans, centres, letters, len(power)), start, end)


def words_of(text, ids, spans, centres, letters, length):
    starts = [0, *(at + 1 for at, letter in enumerate(text) if letter == ' ')]
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    last_letters = [max(start, len(text[:end].rstrip(',.?')) - 1) for start, end in zip(starts, ends)]
    cuts = [(letters[last] + letters[start]) / 2 * FRAMES_PER_SECOND for last, start in zip(last_letters, starts[1:])]
    cuts = np.maximum.accumulate([0, *map(round, cuts), length])
    words = []
    for number, (start, end) in enumerate(zip(starts, ends)):
        own = [at for at, span in enumerate(spans) if start <= span[0] < end]
        words.append(Word(text[start:end], tuple(ids[at] for at in own), tuple(centres[at] for at in own),
                          int(cuts[number]), int(cuts[number + 1])))
    return tuple(words)


class Speech:
    """What has been spoken: the shards of a folder, taken in as they appear, and every word of each voice."""

    def __init__(self, folder):
        self.folder, self.seen, self.utterances = Path(folder), set(), []
        self.places = defaultdict(lambda: defaultdict(list))
        self.lists = {}

    def take_in(self, most=10**6):
        new = [file for file in sorted(self.folder.glob('*.pickle')) if file not in self.seen][:most]
        for file in new:
            self.seen.add(file)
            for one in read_shard(file):
                if any(word.first >= word.end for word in one.words):
                    continue
                self.utterances.append(one)
                for at, word in enumerate(one.words[1:], 1):
                    self.places[one.voice][word.text.strip(',.?')].append((one, at))
        if new:
            self.lists = {voice: list(places.values()) for voice, places in self.places.items()}

    def any(self, draw, voice=None):
        while True:
            one = draw.choice(self.utterances)
            if voice in (None, one.voice):
                return one

    def spliced(self, draw, voice, rare):
        """A sentence nobody said: a beginning, words out of other sentences, an end. Keeps the decoder from reciting.

        `rare`: the share of them whose middle takes all words equally often.
        """
        first, last = self.any(draw, voice), self.any(draw, voice)
        equally = draw.random() < rare
        parts = [first.part(0, draw.randint(1, len(first.words)))]
        for _ in range(draw.choice((0, 0, 1, 1, 2, 3))):
            one, at = draw.choice(draw.choice(self.lists[voice])) if equally else self.place(draw, voice)
            parts.append(one.part(at, min(len(one.words), at + (1 if equally else draw.choice((1, 2, 3))))))
        parts.append(last.part(self.inside(draw, last), len(last.words)))
        return joined([without_end(part) for part in parts[:-1]] + parts[-1:], draw)

    def place(self, draw, voice):
        one = self.any(draw, voice)
        return one, self.inside(draw, one)

    @staticmethod
    def inside(draw, one):
        """A word that is not the first, whose capital would be wrong elsewhere."""
        return draw.randrange(1, len(one.words)) if len(one.words) > 1 else 0


def without_end(part):
    """Without marks after its last word: the next part goes on."""
    last = part.words[-1]
    kept = len(last.tokens)
    while kept > 1 and last.tokens[kept - 1] in MARKS:
        kept -= 1
    if kept == len(last.tokens):
        return part
    word = Word(last.text.rstrip(',.?'), last.tokens[:kept], last.centres[:kept], last.first, last.end)
    return Utterance(part.voice, part.power, part.phones, part.tokens, (*part.words[:-1], word), part.start, part.stop)


def joined(parts, draw):
    """Parts of one voice one after the other, a quarter of them after a short pause."""
    power, phones, tokens, words, at = [], [], [], [], 0
    for number, part in enumerate(parts):
        pause = draw.randint(0, 12) if number and draw.random() < 0.25 else 0
        power += [np.full((pause, MELS), FLOOR, np.float16), part.power + np.float16(draw.gauss(0, 0.1))]
        phones += [np.full(pause, PAUSE, np.int8), part.phones]
        tokens += [np.full(pause, END, np.uint16), part.tokens]
        at += pause
        words += [moved(word, at) for word in part.words]
        last, at = at, at + len(part)
    stop = last / FRAMES_PER_SECOND + parts[-1].stop
    return Utterance(parts[0].voice, *map(np.concatenate, (power, phones, tokens)), tuple(words), parts[0].start, stop)


def random_voice(draw: random.Random, speech):
    return draw.choice(list(speech.lists))
