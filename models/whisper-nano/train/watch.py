"""Word errors while learning: the sentences of `sentences/dev.txt`, spoken into windows of 30 s, read greedily."""
import numpy as np
import torch

from features import FLOOR, MELS, RATE, features, log_power
from network import greedy
from speak import HERE, PEAK, VOICES, speak, trimmed
from vocabulary import END, ENGLISH, START, TRANSCRIBE, decode
from windows import WHOLE

LEAD = np.zeros(RATE // 5, np.float32)
"""Before and after each sentence."""
AT_ONCE = 10
SEVERAL = 3


class Watch:
    def __init__(self):
        lines = (HERE / 'sentences/dev.txt').read_text('utf-8').splitlines()
        self.lines = [(line, VOICES[number % 2]) for number, line in enumerate(lines)]
        self.samples = [spoken(line, voice) for line, voice in self.lines]

    def __call__(self, model):
        """The shares of words read wrong, with one sentence a window and with several, as in a call."""
        return [self.wrong(model, several) for several in (1, SEVERAL)]

    def wrong(self, model, several):
        windows = [slice(first, first + several) for first in range(0, len(self.lines), several)]
        said = self.read(model, [power_of(self.samples[window]) for window in windows])
        wanted = [words(' '.join(line for line, _ in self.lines[window])) for window in windows]
        errors = sum(distance(words(found), line) for found, line in zip(said, wanted))
        return round(errors / sum(map(len, wanted)), 4)

    @staticmethod
    def read(model, powers):
        said = []
        for first in range(0, len(powers), AT_ONCE):
            with torch.no_grad(), torch.autocast('cpu', torch.bfloat16):
                found = greedy(model, features(np.stack(powers[first:first + AT_ONCE])), [START, ENGLISH, TRANSCRIBE], END)
            said += [decode(tokens.tolist()) for tokens in found]
        return said


def spoken(line, voice):
    samples, _ = trimmed(speak(line, voice)[0])
    return samples * (PEAK / np.abs(samples).max())


def power_of(sentences):
    """Log power of a window (3,000 × 80) with the sentences (samples each) one after the other."""
    power = log_power(np.concatenate([part for samples in sentences for part in (LEAD, samples, LEAD)]).astype(np.float32))
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
