"""Checkpoints: the network's shape, its weights and how many steps it has learned."""
from pathlib import Path

import torch

from network import Learner


def load(file):
    """(learner, shape, steps)"""
    saved = torch.load(file, map_location='cpu', weights_only=True)
    learner = Learner(saved['shape'])
    learner.load_state_dict({name: weight.float() for name, weight in saved['weights'].items()})
    return learner, saved['shape'], saved['steps']


def save(file, learner, shape, steps, dtype=torch.float32):
    temporary = Path(f'{file}.part')
    weights = {name: weight.to(dtype) for name, weight in learner.state_dict().items()}
    torch.save({'shape': shape, 'weights': weights, 'steps': steps}, temporary)
    temporary.rename(file)
