"""A small linear model over hashed n-grams: no vocabulary, so the program needs one file and twenty lines for it.

`linear.bin`: the four bytes ORL1, the length of the header as a 32-bit little-endian number, the header as UTF-8 JSON,
then one signed byte a weight, by bucket and within a bucket by name. README.md has the features and the formula.
"""
import json
import math
import struct
from functools import lru_cache

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from corpus import NAMES, normal
from encode import CONTEXT, targets

MAGIC = b'ORL1'
BUCKETS = 2 ** 17
GROUPS = {'words': 1.0, 'characters': 1.0, 'context': 0.6, 'speaker': 1.0}
GRAMS = (2, 5)
"""Shortest and longest run of characters, within a word that has a space on both sides."""
STRENGTH = 6.0
"""Inverse of the L2 penalty."""
NEVER = -10.0
"""Bias of a name that no example carries."""
FNV_START, FNV_PRIME = 0x811C9DC5, 0x01000193


class Linear:
    """Whole-number weights (buckets × names) with a scale and a bias a name."""

    def __init__(self, weights, scale, bias):
        self.weights, self.scale, self.bias = weights, scale, bias

    def logits(self, examples):
        rows = feature_matrix(examples, len(self.weights))
        return (rows @ self.weights.astype(np.float32) * self.scale + self.bias).astype(np.float32)


def fit(examples, buckets=BUCKETS):
    """The model of the labels and events, from labelled examples."""
    return fit_rows(feature_matrix(examples, buckets), *targets(examples))


def fit_rows(rows, wanted, known):
    """Learns one L2 logistic regression a column of `wanted` and rounds its weights to signed bytes."""
    weights, bias = np.zeros((rows.shape[1], wanted.shape[1])), np.full(wanted.shape[1], NEVER)
    for column in np.flatnonzero(wanted.any(0)):
        on = known[:, column] > 0
        model = LogisticRegression(solver='liblinear', C=STRENGTH).fit(rows[on], wanted[on, column])
        weights[:, column], bias[column] = model.coef_[0], model.intercept_[0]
    scale = np.maximum(np.abs(weights).max(0), 1e-6) / 127
    return Linear(np.round(weights / scale).astype(np.int8), scale, bias)


def write(model, file, names=NAMES, context=CONTEXT):
    """Writes `linear.bin`, or another model of its form."""
    header = {'format': 'offrecord.linear/1', 'hash': 'fnv1a-32', 'buckets': len(model.weights), 'names': names,
              'groups': GROUPS, 'grams': GRAMS, 'context': context,
              'scale': model.scale.tolist(), 'bias': model.bias.tolist()}
    text = json.dumps(header).encode()
    file.write_bytes(MAGIC + struct.pack('<I', len(text)) + text + model.weights.tobytes())


def read(file):
    """Reads `linear.bin`; refuses another format, other names or a wrong length."""
    data = file.read_bytes()
    if data[:4] != MAGIC:
        raise ValueError(f'{file} does not start with {MAGIC.decode()}: it is no linear model.')
    size = struct.unpack('<I', data[4:8])[0]
    header = json.loads(data[8:8 + size])
    weights = np.frombuffer(data[8 + size:], np.int8)
    if tuple(header['names']) != NAMES or weights.size != header['buckets'] * len(NAMES):
        raise ValueError(f'{file} has other names or another length than this program expects.')
    return Linear(weights.reshape(-1, len(NAMES)), np.array(header['scale']), np.array(header['bias']))


def feature_matrix(examples, buckets):
    """Sparse matrix (examples × buckets); a bucket that several groups share gets the sum of their values."""
    values, columns, ends = [], [], [0]
    for example in examples:
        for group, found in feature_buckets(example, buckets).items():
            columns += found
            values += [GROUPS[group] / math.sqrt(len(found))] * len(found)
        ends.append(len(columns))
    cells = np.array(values, np.float32), np.array(columns, np.int64), np.array(ends, np.int64)
    matrix = csr_matrix(cells, (len(examples), buckets))
    matrix.sum_duplicates()
    return matrix


def feature_buckets(example, buckets):
    """The distinct buckets of each group of features that is not empty."""
    words, earlier = normal(example.text).split(), [normal(text).split() for _, text in example.context[:CONTEXT]]
    found = {
        'words': word_hashes('w ', words),
        'characters': {value for word in words for value in character_hashes(word)},
        'context': {value for said in earlier for value in word_hashes('x ', said)},
        'speaker': {fnv1a(f's {example.speaker}'), *([fnv1a('s context')] if earlier else [])},
    }
    return {group: sorted({value % buckets for value in values}) for group, values in found.items() if values}


def word_hashes(prefix, words):
    """Hashes of the words and of the pairs of neighbours."""
    pairs = [f'{first} {second}' for first, second in zip(words, words[1:])]
    return {fnv1a(prefix + gram) for gram in words + pairs}


@lru_cache(maxsize=1 << 17)
def character_hashes(word):
    """Hashes of every run of `GRAMS` characters of the word between two spaces."""
    padded = f' {word} '
    shortest, longest = GRAMS
    return frozenset(fnv1a('c ' + padded[start:start + length]) for length in range(shortest, longest + 1)
                     for start in range(len(padded) - length + 1))


@lru_cache(maxsize=1 << 18)
def fnv1a(text):
    """32-bit FNV-1a of the text's UTF-8 bytes."""
    value = FNV_START
    for byte in text.encode():
        value = (value ^ byte) * FNV_PRIME & 0xFFFFFFFF
    return value
