"""Examples as batches of tensors: what an epoch is made of, and how a network is asked."""
import random

import numpy as np
import torch

import encode
from augment import augmented
from corpus import NAMES

HARD_PART = 4
"""Talk comes with the lines in front that look most like a flag; its first quarter is called hard."""
POOL = 20
"""Batches that are sorted by length together: little padding, and still mixed."""


def epoch_batches(train, talk, recipe, epoch, tokenizer):
    """Batches of ((ids, segments), wanted, known), drawn and augmented anew; the same for the same seed and epoch."""
    rng = random.Random(f'{recipe.seed}/{epoch}')
    examples = [augmented(x, rng) for x in epoch_examples(train, talk, recipe, rng)]
    rng.shuffle(examples)
    encoded = list(zip(encode.tokens(tokenizer, examples), *encode.targets(examples)))
    pool = recipe.batch * POOL
    pools = [sorted(encoded[i:i + pool], key=lambda x: len(x[0][0])) for i in range(0, len(encoded), pool)]
    batches = [part[i:i + recipe.batch] for part in pools for i in range(0, len(part), recipe.batch)]
    rng.shuffle(batches)
    return batches


def epoch_examples(train, talk, recipe, rng):
    """Every example that teaches something, a part of the plain call lines, and some lines of talk, half of them hard ones."""
    plain = [x for x in train if is_plain(x)]
    drawn = rng.sample(plain, int(len(plain) * recipe.plain_share))
    hard = talk[:len(talk) // HARD_PART]
    lines = min(recipe.talk_lines, len(talk)) // 2
    return [x for x in train if not is_plain(x)] + drawn + rng.sample(talk, lines) + rng.sample(hard, min(lines, len(hard)))


def is_plain(example):
    return example.origin == 'call' and not example.names


def padded(encoded):
    """(ids, mask, segments) of one batch as tensors, padded to a multiple of eight."""
    length = -(-max(len(ids) for ids, _ in encoded) // 8) * 8
    tensors = [torch.zeros(len(encoded), length, dtype=torch.long) for _ in range(3)]
    for row, (ids, segments) in enumerate(encoded):
        for tensor, values in zip(tensors, (ids, [1] * len(ids), segments)):
            tensor[row, :len(ids)] = torch.tensor(values)
    return tensors


def logits_of(network, examples, tokenizer, batch=48):
    """Logits (examples × names) of a torch network, in full precision unless the caller casts."""
    encoded = encode.tokens(tokenizer, examples)
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i][0]))
    found = np.zeros((len(encoded), len(NAMES)), np.float32)
    with torch.inference_mode():
        for start in range(0, len(order), batch):
            rows = order[start:start + batch]
            found[rows] = network(*padded([encoded[i] for i in rows])).float().numpy()
    return found
