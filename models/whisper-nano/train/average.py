"""Writes the average of two checkpoints, in half precision: what one training gained and the other forgot.

    average.py FIRST SECOND OUT

Of use where SECOND went on from FIRST and both ended at a small rate; elsewhere an average reads nothing.
"""
import sys

import torch

from checkpoint import load, save


def main(first, second, out):
    (learner, shape, _), (other, other_shape, steps) = load(first), load(second)
    if shape != other_shape:
        raise SystemExit(f'{first} is of shape {shape}, {second} of {other_shape}: only equal networks have an average.')
    weights = other.state_dict()
    learner.load_state_dict({name: (weight + weights[name]) / 2 for name, weight in learner.state_dict().items()})
    save(out, learner, shape, steps, torch.float16)


if __name__ == '__main__':
    main(*sys.argv[1:])
