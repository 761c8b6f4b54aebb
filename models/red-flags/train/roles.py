"""Who a voice is, from the words of its lines alone: a linear model of the features of `linear.py`, in a file of the same form.

Its two names are `candidate` and `interviewer`; real talk is neither. The program adds up the lines of a voice.
"""
from dataclasses import replace

import numpy as np

import linear

NAMES = ('candidate', 'interviewer')
BUCKETS = 2 ** 15


def fit(train, talk):
    """The model from the calls' lines, and from talk as neither. Rows are left out: half of them are flags, unlike a call."""
    lines = [x for x in train if x.origin == 'call' and x.speaker != 'unknown']
    wanted = np.array([[x.speaker == 'candidate', x.speaker in ('interviewer', 'platform')] for x in lines]
                      + [[False, False]] * len(talk), np.float32)
    rows = linear.feature_matrix([words_alone(x) for x in lines + talk], BUCKETS)
    return linear.fit_rows(rows, wanted, np.ones_like(wanted))


def words_alone(example):
    return replace(example, speaker='unknown', context=())
