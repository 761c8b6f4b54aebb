"""Gives a checkpoint the present tokenizer and, where asked for, one more decoder layer.

    transfer.py CHECKPOINT OLD_TOKENIZER OUT [--layers N]

A token that is new begins as the mean of the old tokens it is written with; the times keep theirs. A new decoder layer stands
before the last one and begins by adding nothing.
"""
import argparse

import torch
from tokenizers import Tokenizer

from checkpoint import load, save
from network import Learner
from vocabulary import FIRST_TIME, SIZE, TOKENIZER


def main():
    options = argparse.ArgumentParser()
    options.add_argument('checkpoint')
    options.add_argument('old_tokenizer')
    options.add_argument('out')
    options.add_argument('--layers', type=int)
    given = options.parse_args()
    learner, shape, steps = load(given.checkpoint)
    old = Tokenizer.from_file(given.old_tokenizer)
    weights = learner.state_dict()
    known = [pieces(token, old) for token in range(SIZE)]
    for name in ('model.decoder.embed_tokens.weight', 'token.weight', 'token.bias', 'before.weight', 'before.bias'):
        rows = known if name.startswith('model') else known[:FIRST_TIME]
        weights[name] = torch.stack([weights[name][row].mean(0) for row in rows])
    shape = {**shape, 'vocabulary': SIZE, 'text': FIRST_TIME}
    for _ in range((given.layers or shape['decoder_layers']) - shape['decoder_layers']):
        weights, shape = with_layer(weights, shape)
    grown = Learner(shape)
    grown.load_state_dict(weights)
    save(given.out, grown, shape, steps)


def pieces(token, old):
    """The old ids of what a new token writes."""
    written = TOKENIZER.id_to_token(token)
    same = old.token_to_id(written)
    if same is not None:
        return [same]
    return old.encode(TOKENIZER.decode([token]), add_special_tokens=False).ids


def with_layer(weights, shape):
    last = shape['decoder_layers'] - 1
    grown = {}
    for name, weight in weights.items():
        if f'decoder.layers.{last - 1}.' in name:
            silent = 'out_proj' in name or 'fc2' in name
            grown[name.replace(f'layers.{last - 1}.', f'layers.{last}.')] = torch.zeros_like(weight) if silent else weight.clone()
        grown[name.replace(f'decoder.layers.{last}.', f'decoder.layers.{last + 1}.')] = weight
    return grown, {**shape, 'decoder_layers': last + 2}


if __name__ == '__main__':
    main()
