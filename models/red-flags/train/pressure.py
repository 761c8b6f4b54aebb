"""Pressure presses for something: it is never surer than the surest demand or refusal near it. The program does the same."""
import numpy as np

from corpus import LABELS, NAMES

PRESSURE = ('everyone-does-this', 'authority-shift', 'refusal-pushback')
"""Not `urgency-scarcity`: a deadline presses for a yes to the job itself."""
REASONS = tuple(name for name in LABELS if name not in (*PRESSURE, 'urgency-scarcity')) + ('consent-refused',)
REACH_BACK = 8
LEAST_EARLIER = 4
"""With fewer utterances before it, a line is judged by its words alone."""


def bounded(odds, examples):
    """Log-odds (examples × names) with those of pressure bounded; examples of a call or file stand in a row, in order."""
    found, reasons = odds.copy(), odds[:, [NAMES.index(name) for name in REASONS]].max(1)
    columns, start = [NAMES.index(name) for name in PRESSURE], 0
    for row, example in enumerate(examples):
        if row and example.group != examples[row - 1].group:
            start = row
        if row - start >= LEAST_EARLIER:
            bound = reasons[max(start, row - REACH_BACK):row + 1].max()
            found[row, columns] = np.minimum(odds[row, columns], bound)
    return found
