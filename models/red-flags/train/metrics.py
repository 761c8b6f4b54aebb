"""Figures of a classifier: average precision, precision, recall and F1 a name, clean calls, false alarms an hour."""
import numpy as np

from corpus import EVENTS, LABELS, NAMES
from encode import targets


def mean_average_precision(wanted, scores, known, names):
    """Mean over the names that occur; arrays are (examples × names), `known` says which cells count."""
    columns = [NAMES.index(name) for name in names]
    found = [average_precision(wanted[on, j], scores[on, j]) for j in columns if (on := known[:, j] > 0).any()]
    found = [value for value in found if value is not None]
    return float(np.mean(found)) if found else 0.0


def average_precision(wanted, scores):
    """Area under precision and recall in rank order; None without a positive."""
    if not wanted.any():
        return None
    ranked = wanted[np.argsort(-scores, kind='stable')]
    precision = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    return float((precision * ranked).sum() / ranked.sum())


def report(examples, scores, cuts):
    """Everything measured on one set: `scores` (examples × names) against `cuts` (one a name)."""
    wanted, known = targets(examples)
    found = (scores > cuts) & (known > 0)
    rows = {name: counts(wanted[:, j], found[:, j], known[:, j]) for j, name in enumerate(NAMES)}
    found_kinds = {}
    for kind, names in (('labels', LABELS), ('events', EVENTS)):
        precision = mean_average_precision(wanted, scores, known, names)
        found_kinds[kind] = {'averagePrecision': precision, **together([rows[name] for name in names])}
    clean = clean_calls(examples, found[:, :len(LABELS)])
    return {'examples': len(examples), **found_kinds, 'cleanCalls': clean, 'names': rows}


def counts(wanted, found, known):
    """Hits, false alarms, misses and what follows from them for one name."""
    hit = int((found & (wanted > 0)).sum())
    support = int(((wanted > 0) & (known > 0)).sum())
    alarms = int(found.sum()) - hit
    return {'support': support, 'hit': hit, 'falseAlarms': alarms, **rates(hit, support, alarms)}


def rates(hit, support, alarms):
    precision, recall = hit / max(1, hit + alarms), hit / max(1, support)
    return {'precision': precision, 'recall': recall, 'f1': 2 * hit / max(1, support + hit + alarms)}


def together(rows):
    """Macro F1 over the names that occur, and precision, recall and F1 over all cells."""
    present = [row['f1'] for row in rows if row['support']]
    hit, support, alarms = (sum(row[key] for row in rows) for key in ('hit', 'support', 'falseAlarms'))
    return {'macroF1': float(np.mean(present)) if present else 0.0, **rates(hit, support, alarms)}


def clean_calls(examples, found):
    """How many calls carry no label at all, and how many of them got one."""
    flagged, alarmed = {}, {}
    for example, row in zip(examples, found):
        if example.origin == 'call':
            flagged[example.group] = flagged.get(example.group, False) or bool(example.names & set(LABELS))
            alarmed[example.group] = alarmed.get(example.group, False) or bool(row.any())
    clean = [group for group, flag in flagged.items() if not flag]
    return {'calls': len(clean), 'withFalseAlarm': sum(alarmed[group] for group in clean)}


def alarms_an_hour(scores, cuts, hours):
    """False alarms an hour of real talk: all labels together, and each label and event."""
    found = scores > cuts
    each = {name: float(found[:, j].sum() / hours) for j, name in enumerate(NAMES)}
    return {'hours': hours, 'utterances': float(found[:, :len(LABELS)].any(1).sum() / hours), 'names': each}
