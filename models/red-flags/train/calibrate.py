"""Logits to scores between 0 and 1, and the cut of each name, from the dev set and from real talk."""
import math

import numpy as np
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from corpus import EVENTS, LABELS, NAMES
from encode import targets
from metrics import mean_average_precision

ALARMS_AN_HOUR = {**dict.fromkeys(LABELS, 0.05), **dict.fromkeys(EVENTS, 0.5)}
"""Most false alarms of a name in an hour of real talk; an event alone alarms nobody."""
MIXES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)


def calibrate(logits, dev, talk, hours):
    """`scale`, `bias` and `cut` a name: score = 1 / (1 + exp(-(scale * logit + bias))), flagged above the cut.

    `logits` are those of `dev`; `talk` is a list of logits of the same real talk, as different speakers say it.
    """
    wanted, known = targets(dev)
    found = {}
    for column, name in enumerate(NAMES):
        on = known[:, column] > 0
        negatives = [part[:, column] for part in talk]
        scale, bias = fit_scale(logits[on, column], wanted[on, column], np.concatenate([*negatives, []]))
        score = [expit(scale * part + bias) for part in (logits[on, column], *negatives)]
        cut = best_cut(score[0], wanted[on, column], lowest_cut(score[1:], ALARMS_AN_HOUR[name] * hours))
        found[name] = {'scale': scale, 'bias': bias, 'cut': math.ceil(cut * 1e6) / 1e6}
    return found


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
    """The cut above which no version of the talk has more than so many false alarms."""
    allowed = int(alarms)
    return max((float(np.sort(part)[-1 - allowed]) for part in talk if len(part) > allowed), default=0.0)


def best_cut(scores, wanted, lowest):
    """The cut with the best F1 that is not below `lowest`, in the middle of the gap beneath it.

    F1 is averaged over three neighbours in rank, so that one lucky example does not set the cut.
    """
    if not wanted.any():
        return max(0.5, lowest)
    order = np.argsort(-scores)
    ranked, hits = scores[order], np.cumsum(wanted[order])
    f1 = 2 * hits / (np.arange(1, len(ranked) + 1) + wanted.sum())
    best = int(np.argmax(np.convolve(np.pad(f1, 1, mode='edge'), np.ones(3) / 3, 'valid')))
    return max(float(ranked[best] + ranked[min(best + 1, len(ranked) - 1)]) / 2, lowest)


def scores_of(logits, calibration):
    """Calibrated scores (examples × names)."""
    scale, bias = (np.array([calibration[name][key] for name in NAMES]) for key in ('scale', 'bias'))
    return expit(scale * logits + bias)


def cuts_of(calibration):
    return np.array([calibration[name]['cut'] for name in NAMES])


def best_mix(encoder, linear, dev):
    """Share of the encoder's logit (the rest is the linear model's) with the best average precision on dev."""
    wanted, known = targets(dev)

    def precision(share):
        mixed = share * encoder + (1 - share) * linear
        return sum(weight * mean_average_precision(wanted, mixed, known, names)
                   for names, weight in ((LABELS, 1), (EVENTS, 0.25)))
    return max(MIXES, key=precision)
