"""Logits to scores between 0 and 1, and the cuts of each name, from the dev set and from real talk."""
import math
from dataclasses import dataclass

import numpy as np
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from corpus import EVENTS, LABELS, NAMES
from encode import targets
from metrics import mean_average_precision
from pressure import bounded

MIXES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4)
TAIL = 20
"""Highest logits of talk from which the rate of false alarms is read off: the very highest alone would be one odd line."""


@dataclass(frozen=True)
class Level:
    """A sensitivity: how much recall weighs against precision, and the most false alarms of a label in an hour of talk."""
    beta: float
    alarms: float


LEVELS = {'low': Level(0.5, 0.02), 'normal': Level(1.0, 0.1), 'high': Level(2.0, 0.5)}
"""Talk that does not sound like an interview is judged one level lower by the program."""
CUTS = np.linspace(-4, 6, 201)
"""Log-odds that are tried as cuts."""
SOFTNESS = 0.45
"""How far an example reaches, in log-odds: the scale of a logistic curve. Cuts from one dev author did best on the other so."""
EVENT_ALARMS = 0.5
"""Most false alarms of an event in an hour; an event alone alarms nobody."""


def calibrate(logits, dev, talk_logits, talk, hours):
    """`scale`, `bias` and `cuts` a name: score = 1 / (1 + exp(-odds)), odds = scale * logit + bias, flagged above the cut.

    `logits` are those of `dev`, `talk_logits` those of real talk of so many `hours`; cuts are set with pressure bounded.
    """
    wanted, known = targets(dev)
    scales = [fit_scale(logits[known[:, column] > 0, column], wanted[known[:, column] > 0, column], talk_logits[:, column])
              for column in range(len(NAMES))]
    found = {name: {'scale': scale, 'bias': bias} for name, (scale, bias) in zip(NAMES, scales)}
    dev_odds, talk_odds = odds_of(logits, found, dev), odds_of(talk_logits, found, talk)
    for column, name in enumerate(NAMES):
        on = known[:, column] > 0
        cuts = {level: best_cut(dev_odds[on, column], wanted[on, column], how.beta,
                                lowest_cut(talk_odds[:, column], limit(name, how) * hours)) for level, how in LEVELS.items()}
        ordered = {'low': max(cuts['low'], cuts['normal']), 'normal': cuts['normal'], 'high': min(cuts['high'], cuts['normal'])}
        found[name]['cuts'] = {level: min(math.ceil(expit(odds) * 1e6) / 1e6, 0.999999) for level, odds in ordered.items()}
    return found


def limit(name, level):
    return level.alarms if name in LABELS else EVENT_ALARMS


def fit_scale(logits, wanted, negatives):
    """Scale and bias that make the score the share of true flags, dev and talk weighing the same."""
    if not wanted.any():
        return 1.0, 0.0
    values = np.concatenate([logits, negatives])[:, None]
    truth = np.concatenate([wanted, np.zeros(len(negatives))])
    weights = np.concatenate([np.ones(len(wanted)), np.full(len(negatives), len(wanted) / max(1, len(negatives)))])
    model = LogisticRegression(C=10.0).fit(values, truth, weights)
    return round(max(float(model.coef_[0, 0]), 0.05), 4), round(float(model.intercept_[0]), 4)


def lowest_cut(talk, alarms):
    """The log-odds that so many lines of talk are expected to pass.

    Above the `TAIL` highest the rate is taken to fall exponentially (the peaks-over-threshold estimate with shape 0).
    """
    if len(talk) <= TAIL:
        return -math.inf
    highest = np.sort(talk)[-TAIL:]
    mean_excess = float((highest - highest[0]).sum() / (TAIL - 1))
    return float(highest[0]) + mean_excess * math.log(TAIL / alarms)


def best_cut(odds, wanted, beta, lowest):
    """The log-odds with the best F-beta that are not below `lowest`.

    Every example counts as partly above a cut that it is near to: other authors shift the log-odds, and no single example should
    set a cut.
    """
    if not wanted.any():
        return max(0.0, lowest)
    hits, alarms = (expit((part - CUTS[:, None]) / SOFTNESS).sum(1) for part in (odds[wanted > 0], odds[wanted == 0]))
    score = (1 + beta ** 2) * hits / (hits + alarms + beta ** 2 * wanted.sum())
    return max(float(CUTS[np.argmax(score)]), lowest)


def odds_of(logits, calibration, examples):
    """Calibrated log-odds (examples × names), pressure bounded."""
    scale, bias = (np.array([calibration[name][key] for name in NAMES]) for key in ('scale', 'bias'))
    return bounded(scale * logits + bias, examples)


def scores_of(logits, calibration, examples):
    """Calibrated scores (examples × names)."""
    return expit(odds_of(logits, calibration, examples))


def cuts_of(calibration, level='normal'):
    return np.array([calibration[name]['cuts'][level] for name in NAMES])


def best_mix(encoder, linear, dev):
    """Share of the encoder's logit (the rest is the linear model's) with the best average precision on dev."""
    wanted, known = targets(dev)

    def precision(share):
        mixed = share * encoder + (1 - share) * linear
        return sum(weight * mean_average_precision(wanted, mixed, known, names)
                   for names, weight in ((LABELS, 1), (EVENTS, 0.25)))
    return max(MIXES, key=precision)
