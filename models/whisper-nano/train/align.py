"""Which phone every letter of a text belongs to: the best monotonic path through what a letter may sound like."""
import numpy as np

PHONES = ('pau aa ae ah ao aw ax axr ay b ch d dh eh el em en er ey f g hh ih iy jh k l m n ng '
          'ow oy p r s sh t th uh uw v w y z zh dx').split()
NUMBER = {phone: number for number, phone in enumerate(PHONES)}
PAUSE = NUMBER['pau']
SOUNDS = {
    'a': 'aa ae ah ao ax ay ey eh aw', 'b': 'b', 'c': 'k s ch sh', 'd': 'd t jh dx', 'e': 'eh iy ih ax ey er uw',
    'f': 'f v', 'g': 'g jh ng', 'h': 'hh', 'i': 'ih ay iy ax er', 'j': 'jh', 'k': 'k', 'l': 'l el', 'm': 'm em',
    'n': 'n ng en', 'o': 'ow aa ao ah ax uw uh aw oy er w', 'p': 'p f', 'q': 'k', 'r': 'r er axr', 's': 's z sh zh',
    't': 't th dh sh ch dx', 'u': 'ah uw uh y ax ao er w', 'v': 'v f', 'w': 'w aw', 'x': 'k s z', 'y': 'y iy ay ih',
    'z': 'z s',
}
SOUNDS = {letter: {NUMBER[phone] for phone in phones.split()} for letter, phones in SOUNDS.items()}
MARKS = ',.?'
SILENT, SILENT_MARK = -0.45, -0.25
UNHEARD, UNHEARD_PAUSE = -0.6, -0.2
PAIR, SKIP_LETTER, SKIP_PHONE = range(3)


def phones_of_letters(text, phones):
    """For each character of the text the index of its phone (`phones` are numbers)."""
    letters, count = text.lower(), len(phones)
    best = [UNHEARD * at for at in range(count + 1)]
    steps = np.full((len(letters) + 1, count + 1), SKIP_PHONE, np.int8)
    for at, letter in enumerate(letters, 1):
        silent = SILENT_MARK if letter in f"{MARKS} '" else SILENT
        row, step = [best[0] + silent], steps[at]
        step[0] = SKIP_LETTER
        for place, phone in enumerate(phones, 1):
            choices = (best[place - 1] + fit(letter, phone), best[place] + silent,
                       row[place - 1] + (UNHEARD_PAUSE if phone == PAUSE else UNHEARD))
            chosen = max(range(3), key=choices.__getitem__)
            row.append(choices[chosen])
            step[place] = chosen
        best = row
    return backwards(steps)


def fit(letter, phone):
    if letter in MARKS:
        return 1.2 if phone == PAUSE else -3.0
    if phone in SOUNDS.get(letter, ()):
        return 1.0
    return -1.5 if phone == PAUSE else -0.9


def backwards(steps):
    at, place = steps.shape[0] - 1, steps.shape[1] - 1
    found = [0] * at
    while at > 0:
        step = steps[at, place] if place > 0 else SKIP_LETTER
        if step == SKIP_PHONE:
            place -= 1
            continue
        at -= 1
        found[at] = max(0, place - 1)
        place -= step == PAIR
    return found
