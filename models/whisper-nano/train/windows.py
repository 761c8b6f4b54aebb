"""Training windows: utterances laid out in time, their frames, and the tokens the decoder must say."""
from dataclasses import dataclass

import numpy as np

from align import PAUSE
from features import FLOOR, FRAMES_PER_SECOND, MELS
from noise import QUIET
from utterances import Utterance, random_voice
from vocabulary import (
    END, ENGLISH, FIRST_TIME, LAST_TIME, START, TEXT, TIMES_PER_SECOND, TRANSCRIBE, WITHOUT_TIMES, time_token,
)

WHOLE = 30 * FRAMES_PER_SECOND
KINDS = {'short': 0.4, 'padded': 0.51, 'whole': 0.03, 'wordless': 0.06}
"""Shares. `padded` windows are followed by silence up to 30 s, as the program's windows are; a `whole` one is encoded in full."""
SHORT_SECONDS, PADDED_SECONDS = (4, 6, 9, 14), 15
ALONE = 0.3
"""The share of the padded windows with one utterance; the program's windows have more, and there it is easy to jump."""
SPLICED, RARE = 0.25, 0.6
NOISY, WITH_TIMES = 0.35, 0.85
TRAILING = 60
"""Frames of silence that are encoded after the last sound of a padded window; no layer looks further."""
UNKNOWN = -1.0


@dataclass
class Window:
    """`length` in frames of 10 ms, `offset` in encoder frames; `parts` are utterances and the frames they begin at."""
    parts: list[tuple[Utterance, int]]
    length: int
    offset: int = 0
    padded: bool = False


def draw_window(speech, draw):
    kind = draw.choices(list(KINDS), KINDS.values())[0]
    return {'short': short, 'padded': padded, 'whole': whole, 'wordless': wordless}[kind](speech, draw)


def short(speech, draw):
    window = filled(speech, draw, draw.choice(SHORT_SECONDS), 9, (0, 0.25, 1.2))
    window.length = even(window.length + draw.randrange(60))
    window.offset = draw.randrange((WHOLE - window.length) // 2) if draw.random() < 0.6 else 0
    return window


def padded(speech, draw):
    window = filled(speech, draw, PADDED_SECONDS, 1 if draw.random() < ALONE else draw.randint(2, 5), (0.05, 0.4))
    return Window(window.parts, even(window.length + TRAILING), padded=True)


def whole(speech, draw):
    many = filled(speech, draw, draw.choice((10, 20, 29)), 30, (0, 0.25, 1.2, 5))
    return Window(many.parts if draw.random() < 0.5 else many.parts[:1], WHOLE)


def wordless(speech, draw):
    return draw.choice([Window([], 400, draw.randrange(1300)), Window([], 800, padded=True), Window([], WHOLE)])


def filled(speech, draw, seconds, most, pauses):
    """Up to `most` utterances within `seconds`; `pauses`: seconds, each pause is between two neighbours of the list."""
    voice = random_voice(draw, speech) if draw.random() < 0.5 else None
    at = int(draw.choice((0, draw.uniform(0, 0.3), draw.uniform(0, 1))) * FRAMES_PER_SECOND)
    end, parts = int(seconds * FRAMES_PER_SECOND), []
    for _ in range(4 * most):
        one = said(speech, draw, voice)
        if at + len(one) > end:
            if parts:
                break
            at = 0
            if len(one) > end:
                continue
        parts.append((one, at))
        at += len(one)
        if len(parts) == most:
            break
        place = draw.randrange(len(pauses) - 1)
        at += int(draw.uniform(pauses[place], pauses[place + 1]) * FRAMES_PER_SECOND)
    if not parts:
        return filled(speech, draw, seconds, most, pauses)
    last, start = parts[-1]
    return Window(parts, start + len(last))


def said(speech, draw, voice):
    if draw.random() < SPLICED:
        return speech.spliced(draw, voice or random_voice(draw, speech), RARE)
    return speech.any(draw, voice)


def even(frames):
    """A multiple of 200 ms: fewer different shapes."""
    return min(WHOLE, -(-frames // 20) * 20)


def groups(windows, seconds, draw):
    """Lists of windows of about equal length and one kind, at most `seconds` long in all."""
    limit = seconds * FRAMES_PER_SECOND
    found = []
    for kind in (True, False):
        group = []
        for window in sorted((one for one in windows if one.padded is kind), key=lambda one: one.length + draw.uniform(-40, 40)):
            longest = max([window.length, *(one.length for one in group)])
            if group and (len(group) + 1) * longest > limit:
                found.append(group)
                group = []
            group.append(window)
        if group:
            found.append(group)
    draw.shuffle(found)
    return found


def render(window, length, peak, sounds, draw):
    """Log power (length × 80) whose loudest point is `peak`, phones, tokens and the tokens before (length; -100: unknown)."""
    power = np.full((length, MELS), FLOOR, np.float32)
    phones, tokens = np.full(length, PAUSE, np.int64), np.full(length, END, np.int64)
    before = np.full(length, -100, np.int64)
    for one, at in window.parts:
        here = slice(at, at + len(one))
        power[here] = np.maximum(one.power.astype(np.float32) + draw.gauss(0, 0.15), FLOOR)
        phones[here], tokens[here], before[here] = one.phones, one.tokens, tokens_before(one)
    if window.parts and draw.random() < NOISY:
        add_sound(power, draw.choice([sound for kind, sound in sounds if kind in QUIET]), power.max() - draw.uniform(4.5, 8))
    elif not window.parts and (window.padded or draw.random() < 0.85):
        add_sound(power, draw.choice(sounds)[1], draw.uniform(-7, -1))
    if window.parts or window.padded:
        power += peak - power.max()
    return np.maximum(power, FLOOR), phones, tokens, before


def tokens_before(one):
    """For every frame the token said before the one being said; in a pause the last one."""
    tokens = one.tokens.astype(np.int64)
    starts = np.concatenate([[0], np.flatnonzero(np.diff(tokens)) + 1])
    found, last = [], END
    for token in tokens[starts].tolist():
        found.append(last)
        last = last if token == END else token
    return np.repeat(found, np.diff([*starts, len(tokens)]))


def add_sound(power, sound, level):
    """Mixes a sound into log power; `level`: log10 of its mean power."""
    start = np.random.randint(len(sound) - len(power) + 1)
    np.logaddexp(power * np.log(10), (sound[start:start + len(power)] + level) * np.log(10), out=power)
    power /= np.log(10)


def script(window, mistakes, draw):
    """What the decoder reads, what it must answer (-100: nothing), and where in the sound both lie (encoder frames, or UNKNOWN).

    `mistakes`: the share of tokens read that are wrong, missing or said twice, as they will be when it reads its own words.
    """
    with_times = draw.random() < WITH_TIMES
    prompt = [(START, UNKNOWN), (ENGLISH, UNKNOWN), (TRANSCRIBE, UNKNOWN), *([] if with_times else [(WITHOUT_TIMES, UNKNOWN)])]
    line = list(prompt)
    for one, at in window.parts:
        shift = at / FRAMES_PER_SECOND
        said = [(token, (centre + shift) * TIMES_PER_SECOND) for word in one.words for token, centre in zip(word.tokens, word.centres)]
        start, stop = ((time_token(at, window.offset), at * TIMES_PER_SECOND) for at in (one.start + shift, one.stop + shift))
        line += [start, *said, stop] if with_times else said
    if not window.parts and with_times:
        line.append((time_token(0, window.offset), 0.0))
    line.append((END, UNKNOWN))
    read, answers, places, answer_places = [], [], [], []
    for number, ((token, place), (answer, answer_place)) in enumerate(zip(line, line[1:])):
        asked = number >= len(prompt) - 1
        if number >= len(prompt):
            if token < FIRST_TIME and draw.random() < mistakes:
                kind = draw.random()
                if kind < 0.2:
                    continue
                if kind < 0.35:
                    for column, value in zip((read, answers, places, answer_places), (token, answer, place, answer_place)):
                        column.append(value)
                token = draw.choice(TEXT)
            elif token >= FIRST_TIME and draw.random() < 0.3:
                token = min(LAST_TIME, max(FIRST_TIME, token + draw.randint(-3, 3)))
        for column, value in zip((read, answers, places, answer_places),
                                 (token, answer if asked else -100, place, answer_place if asked else UNKNOWN)):
            column.append(value)
    return read, answers, places, answer_places
