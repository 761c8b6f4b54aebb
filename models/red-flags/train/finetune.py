"""Trains the encoder from the base model in one run; a killed run goes on from its last checkpoint."""
import random
import time
from dataclasses import asdict, dataclass

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

import encode
from batches import epoch_batches, epoch_examples, logits_of, padded
from corpus import EVENTS, LABELS
from metrics import mean_average_precision
from network import LAYERS, Network, base_folder, new_network


@dataclass(frozen=True)
class Recipe:
    """How to train. `plain_share` of the call lines without any name and `talk_lines` are drawn anew each epoch."""
    seed: int = 1
    epochs: int = 4
    batch: int = 32
    rate: float = 1.2e-4
    head_factor: float = 5.0
    layer_decay: float = 0.9
    weight_decay: float = 0.01
    warmup: float = 0.08
    lowest: float = 0.02
    average: float = 0.995
    plain_share: float = 0.5
    talk_lines: int = 4000
    steps: int | None = None
    checkpoint_seconds: float = 180


def finetune(train, talk, dev, recipe, folder, say):
    """The trained network (averaged weights). `folder` keeps `checkpoint.pt`; `say` is told of the progress."""
    torch.manual_seed(recipe.seed)
    run = Run(recipe, new_network(), total_steps(train, talk, recipe))
    file = folder / 'checkpoint.pt'
    if file.exists():
        run.resume(torch.load(file, weights_only=False), say)
    tokenizer = encode.open_tokenizer(base_folder() / 'tokenizer.json')
    while run.step < run.total:
        batches = epoch_batches(train, talk, recipe, run.epoch, tokenizer)
        train_epoch(run, batches[run.batch:], file, say)
        if run.step < run.total:
            run.epoch, run.batch = run.epoch + 1, 0
        say_dev(run, dev, tokenizer, say)
    run.save(file)
    return run.averaged()


class Run:
    """What changes while training, and how it is kept on disk."""

    def __init__(self, recipe, network, total):
        self.recipe, self.network, self.total = recipe, network, total
        self.step = self.epoch = self.batch = 0
        self.average = {name: value.detach().clone() for name, value in network.state_dict().items()}
        self.optimizer = torch.optim.AdamW(rate_groups(network, recipe), betas=(0.9, 0.98), fused=True,
                                           weight_decay=recipe.weight_decay)

    def save(self, file):
        """Writes the checkpoint under another name first: a kill leaves the old one or the new one."""
        state = {'recipe': asdict(self.recipe), 'total': self.total, 'step': self.step, 'epoch': self.epoch,
                 'batch': self.batch, 'network': self.network.state_dict(), 'average': self.average,
                 'optimizer': self.optimizer.state_dict(), 'random': torch.get_rng_state()}
        torch.save(state, file.with_suffix('.new'))
        file.with_suffix('.new').replace(file)

    def resume(self, state, say):
        if (state['recipe'], state['total']) != (asdict(self.recipe), self.total):
            raise SystemExit('The checkpoint belongs to another recipe or corpus: name another --out, or delete it.')
        self.step, self.epoch, self.batch = state['step'], state['epoch'], state['batch']
        self.network.load_state_dict(state['network'])
        self.average = state['average']
        self.optimizer.load_state_dict(state['optimizer'])
        torch.set_rng_state(state['random'])
        say(f'goes on at step {self.step} of {self.total}')

    def averaged(self):
        network = Network()
        network.load_state_dict(self.average)
        return network.eval()


def rate_groups(network, recipe):
    """Parameters with their learning rate: the head fastest, each layer slower than the one above it."""
    head = {'params': list(network.head.parameters()), 'lr': recipe.rate * recipe.head_factor}
    embeddings = (network.words, network.positions, network.segments, network.norm)
    lowest = [value for part in embeddings for value in part.parameters()]
    groups = [head, {'params': lowest, 'lr': recipe.rate * recipe.layer_decay ** (LAYERS + 1)}]
    for depth, layer in enumerate(network.layers):
        rate = recipe.rate * recipe.layer_decay ** (LAYERS - 1 - depth)
        groups.append({'params': list(layer.parameters()), 'lr': rate})
    return [{**group, 'first': group['lr']} for group in groups]


def total_steps(train, talk, recipe):
    rows = len(epoch_examples(train, talk, recipe, random.Random(recipe.seed)))
    steps = -(-rows // recipe.batch) * recipe.epochs
    return min(steps, recipe.steps or steps)


def train_epoch(run, batches, file, say):
    """Trains on the batches; saves every few minutes and reports every 50 steps."""
    saved, losses = time.monotonic(), []
    run.network.train()
    for batch in batches:
        if run.step >= run.total:
            return
        losses.append(train_step(run, batch))
        if run.step % 50 == 0:
            say(f'step {run.step} of {run.total}, loss {np.mean(losses[-50:]):.4f}')
        if time.monotonic() - saved > run.recipe.checkpoint_seconds:
            run.save(file)
            saved = time.monotonic()


def train_step(run, batch):
    """One step on one batch; returns its loss."""
    for group in run.optimizer.param_groups:
        group['lr'] = group['first'] * rate_factor(run.step, run.total, run.recipe)
    with torch.autocast('cpu', torch.bfloat16):
        logits = run.network(*padded([tokens for tokens, _, _ in batch])).float()
    wanted, known = (torch.from_numpy(np.stack(part)) for part in list(zip(*batch))[1:])
    loss = binary_cross_entropy_with_logits(logits, wanted, weight=known, reduction='sum') / known.sum()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(run.network.parameters(), 1.0)
    run.optimizer.step()
    run.optimizer.zero_grad()
    run.step, run.batch = run.step + 1, run.batch + 1
    update_average(run)
    return loss.item()


def rate_factor(step, total, recipe):
    """Rises over the warm-up, then falls in a straight line to the lowest share."""
    warmup = max(1, int(total * recipe.warmup))
    return (step + 1) / warmup if step < warmup else max(recipe.lowest, (total - step) / (total - warmup))


def update_average(run):
    """Moves the averaged weights towards the live ones, faster in the first steps."""
    keep = min(run.recipe.average, run.step / (run.step + 20))
    with torch.no_grad():
        for name, value in run.network.state_dict().items():
            run.average[name].lerp_(value, 1 - keep)


def say_dev(run, dev, tokenizer, say):
    with torch.autocast('cpu', torch.bfloat16):
        logits = logits_of(run.averaged(), dev, tokenizer)
    wanted, known = encode.targets(dev)
    labels, events = (mean_average_precision(wanted, logits, known, names) for names in (LABELS, EVENTS))
    say(f'epoch {run.epoch}, step {run.step}: dev average precision {labels:.4f} labels, {events:.4f} events')
