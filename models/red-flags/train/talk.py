"""Real talk without flags, as negatives and to count false alarms: text files, one turn a line as `Name: words`."""
import re
from pathlib import Path

from corpus import EARLIER_KEPT, LABELS, Example, share_of

WORDS_AN_HOUR = 9600
SHARES = {'calibrate': 0.4, 'train': 0.4, 'measure': 0.2}


def read_talk(folder):
    """{'calibrate': […], 'train': […], 'measure': […]} by whole files; all empty without a folder."""
    if folder is None:
        return {part: [] for part in SHARES}
    files = sorted(Path(folder).glob('*.txt'))
    if not files:
        raise SystemExit(f'No *.txt in {folder}: name the folder with real talk, or leave out --talk.')
    marked = marked_lines(Path(folder) / 'index.tsv')
    spoken = {file.name: file_examples(file, marked) for file in files}
    return {part: [x for name in names for x in spoken[name]] for part, names in share_out(spoken).items()}


def hours(examples):
    """Length of talk in hours, from its words."""
    return sum(len(x.text.split()) for x in examples) / WORDS_AN_HOUR


def share_out(spoken):
    """Deals the files to the parts, each to the part that lacks most of its share of the words."""
    parts, words = {part: [] for part in SHARES}, dict.fromkeys(SHARES, 0)
    for name in sorted(spoken, key=share_of):
        part = min(SHARES, key=lambda p: words[p] / SHARES[p])
        parts[part].append(name)
        words[part] += sum(len(x.text.split()) for x in spoken[name])
    return parts


def file_examples(file, marked):
    """The utterances of a file; lines that are flags by their words stay in the context but are no examples."""
    said, examples = [], []
    for number, line in enumerate(file.read_text('utf-8', errors='replace').splitlines(), 1):
        turn = re.sub(r'^[^:]{1,40}: ', '', line.strip())
        for text in utterances(turn):
            if (file.name, number) not in marked:
                context = tuple(('unknown', earlier) for earlier in reversed(said[-EARLIER_KEPT:]))
                examples.append(Example(text, 'unknown', context, origin='talk', group=file.name))
            said.append(text)
    return examples


def utterances(turn, joined=45, longest=60):
    """A long turn in pieces: sentences joined up to `joined` words, a sentence over `longest` words cut."""
    pieces = [[]]
    for sentence in re.split(r'(?<=[.?!])\s+', turn):
        words = sentence.split()
        while len(words) > longest:
            pieces += [words[:joined], []]
            words = words[joined:]
        if len(pieces[-1]) + len(words) > joined:
            pieces.append([])
        pieces[-1] = pieces[-1] + words
    return [' '.join(piece) for piece in pieces if piece]


def marked_lines(index):
    """(file, line number) of what the folder's index calls a flag by its words; none where there is no index."""
    if not index.exists():
        return set()
    rows = [line.split('\t') for line in index.read_text('utf-8').splitlines()]
    notes = [(row[0], found) for row in rows for found in re.finditer(r'L(\d+): ([a-z-]+)', row[-1])]
    return {(file, int(found[1])) for file, found in notes if found[2] in LABELS}
