"""Word errors while learning: the sentences of `sentences/dev.txt`, each spoken into a window of 30 s, read greedily."""
import numpy as np
import torch

from features import FLOOR, MELS, RATE, features, log_power
from network import greedy
from speak import HERE, PEAK, VOICES, speak, trimmed
from vocabulary import END, ENGLISH, START, TRANSCRIBE, decode
from windows import WHOLE

LEAD = np.zeros(RATE // 5, np.float32)
AT_ONCE = 10


class Watch:
    def __init__(self):
        lines = (HERE / 'sentences/dev.txt').read_text('utf-8').splitlines()
        self.lines = [(line, VOICES[number % 2]) for number, line in enumerate(lines)]
        self.powers = [power_of(line, voice) for line, voice in self.lines]

    def __call__(self, model):
        """The share of words read wrong."""
        said = self.read(model)
        errors = sum(distance(words(found), words(line)) for found, (line, _) in zip(said, self.lines))
        return round(errors / sum(len(words(line)) for line, _ in self.lines), 4)

    def read(self, model):
        said = []
        for first in range(0, len(self.powers), AT_ONCE):
            with torch.no_grad(), torch.autocast('cpu', torch.bfloat16):
                found = greedy(model, features(np.stack(self.powers[first:first + AT_ONCE])), [START, ENGLISH, TRANSCRIBE], END)
            said += [decode(tokens.tolist()) for tokens in found]
        return said


def power_of(line, voice):
    samples, _ = trimmed(speak(line, voice)[0])
    power = log_power(np.concatenate([LEAD, samples * (PEAK / np.abs(samples).max()), LEAD]).astype(np.float32))
    whole = np.full((WHOLE, MELS), FLOOR, np.float32)
    whole[:len(power)] = power
    return whole


def words(text):
    return ''.join(letter for letter in text.lower() if letter.isalpha() or letter in " '").split()


def distance(found, wanted):
    """Words to change, add or leave out."""
    row = list(range(len(found) + 1))
    for number, word in enumerate(wanted, 1):
        diagonal, row[0] = row[0], number
        for at, other in enumerate(found, 1):
            diagonal, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, diagonal + (word != other))
    return row[-1]
