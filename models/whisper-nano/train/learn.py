"""Trains from a checkpoint for a number of minutes; saves every few, and at once on Ctrl-C or SIGTERM.

    learn.py START OUT --shards DIR [--minutes N] [--threads N] [--rate R] [--last-rate R]
             [--frozen N] [--hearing | --reading]

After a stop, START may be the OUT of before, with the minutes that are left. `--hearing`: the encoder and its heads alone;
`--reading`: the decoder alone, which costs a third of learning both. `--frozen N`: the N lowest layers of the encoder, and
what lies below them, stay as they are.
"""
import argparse
import random
import signal
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from torch import optim
from torch.nn.utils import clip_grad_norm_

from checkpoint import load, save
from features import MELS, features
from losses import decoder_loss, frame_loss
from noise import sounds
from utterances import Speech
from vocabulary import END
from watch import Watch
from windows import UNKNOWN, WHOLE, draw_window, groups, render, script, short

RATE, LAST_RATE, FLAT, WARM_STEPS = 9e-4, 1e-5, 0.1, 50
"""Learning rate: flat for this share of the time, then falling in a line to the last."""
ENCODER_FACTOR, EMBEDDING_FACTOR = 0.75, 0.5
MISTAKES = 0.06
BATCH_SECONDS, READING_SECONDS, POOL = 80, 120, 300
PEAKS = tuple(level / 4 for level in range(1, 10))
"""log10 of the loudest power of a window: 20 dB of levels. All windows of a batch have one."""
KEPT, READ_AGAIN = 64, 3
"""Reading alone: of so many batches the encoder's states are kept, and each is read so often, with other mistakes each time."""
SAVE_SECONDS = 480
TAIL_STEPS = 80


def main():
    options = argparse.ArgumentParser()
    options.add_argument('start')
    options.add_argument('out', type=Path)
    options.add_argument('--shards', required=True)
    options.add_argument('--minutes', type=float, default=90)
    options.add_argument('--threads', type=int, default=2)
    options.add_argument('--rate', type=float, default=RATE)
    options.add_argument('--last-rate', type=float, default=LAST_RATE)
    options.add_argument('--frozen', type=int, default=0)
    part = options.add_mutually_exclusive_group()
    part.add_argument('--hearing', action='store_true')
    part.add_argument('--reading', action='store_true')
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    learner, shape, steps = load(given.start)
    learner.model.encoder.freeze(given.frozen)
    Training(learner, shape, steps, Speech(given.shards), given).run()


class Training:
    def __init__(self, learner, shape, steps, speech, given):
        self.learner, self.shape, self.steps, self.speech, self.out = learner, shape, steps, speech, given.out
        self.seconds, self.rate, self.last_rate = given.minutes * 60, given.rate, given.last_rate
        self.hearing, self.reading = given.hearing, given.reading
        self.draw, self.sounds = random.Random(), sounds()
        self.first_step, self.stopped, self.figures = steps, False, defaultdict(list)
        self.batches, self.kept = [], []
        self.optimizers = optimizers(learner)
        self.tails = Tails(learner.model.encoder)
        self.watch = Watch()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self.stop)

    def stop(self, *_):
        self.stopped = True

    @property
    def done(self):
        """The share of the time that is over."""
        return (time.monotonic() - self.began) / self.seconds

    def run(self):
        self.began = saved = told = time.monotonic()
        told_steps = self.steps
        while self.done < 1 and not self.stopped:
            self.schedule()
            self.apply(self.read_kept() if self.reading else self.learn_all(self.next_batch()))
            if time.monotonic() - told > 30:
                self.tell(self.steps - told_steps, time.monotonic() - told)
                told, told_steps = time.monotonic(), self.steps
            if time.monotonic() - saved > SAVE_SECONDS:
                self.save()
                saved = told = time.monotonic()
        self.save()

    def next_batch(self):
        if not self.batches:
            self.speech.take_in(2 if self.speech.utterances else 10**6)
            windows = [(short if self.hearing else draw_window)(self.speech, self.draw) for _ in range(POOL)]
            self.batches = groups(windows, READING_SECONDS if self.reading else BATCH_SECONDS, self.draw)
        return self.batches.pop()

    def learn_all(self, windows):
        """The loss of the encoder's heads and, unless it only hears, of the decoder."""
        states, tail, labels = self.hear(windows)
        with torch.autocast('cpu', torch.bfloat16):
            loss, figures = frame_loss(self.learner, states, *labels)
        self.note(figures)
        return loss if self.hearing else loss + self.read(windows, states, tail)

    def read_kept(self):
        """The decoder's loss on a new batch or one that was heard before."""
        if len(self.kept) == KEPT and self.draw.random() > 1 / READ_AGAIN:
            return self.read(*self.draw.choice(self.kept))
        windows = self.next_batch()
        with torch.no_grad():
            states, tail, _ = self.hear(windows)
        if len(self.kept) == KEPT:
            self.kept.pop(self.draw.randrange(KEPT))
        self.kept.append((windows, states.bfloat16(), tail))
        return self.read(*self.kept[-1])

    def hear(self, windows):
        """The encoder's states, those of the silence after them or None, and the labels of every state."""
        length = max(window.length for window in windows)
        peak = self.draw.choice(PEAKS)
        power, *labels = map(np.stack, zip(*(render(one, length, peak, self.sounds, self.draw) for one in windows)))
        for one in windows:
            one.offset = min(one.offset, (WHOLE - length) // 2)
        with torch.autocast('cpu', torch.bfloat16):
            states = self.learner.model.encoder(features(power), torch.tensor([one.offset for one in windows]))
        tail = self.tails.after(length // 2, peak, self.steps) if windows[0].padded else None
        return states, tail, [torch.from_numpy(one[:, ::2]) for one in labels]

    def read(self, windows, states, tail):
        """The decoder's loss."""
        read, answers, places, answer_places = columns([script(one, MISTAKES, self.draw) for one in windows])
        with torch.autocast('cpu', torch.bfloat16):
            logits, looks = self.learner.model.decoder(read, states, tail)
        loss, figures = decoder_loss(logits, looks, answers, places, answer_places)
        self.note(figures)
        return loss

    def note(self, figures):
        for name, figure in figures.items():
            self.figures[name].append(figure.item())

    def apply(self, loss):
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none=True)
        loss.backward()
        norm = clip_grad_norm_([weight for weight in self.learner.parameters() if weight.grad is not None], 2.0)
        if torch.isfinite(norm):
            for optimizer in self.optimizers:
                optimizer.step()
        self.steps += 1

    def schedule(self):
        done = min(1.0, self.done)
        falling = max(0.0, (done - FLAT) / (1 - FLAT))
        rate = (self.last_rate + (self.rate - self.last_rate) * (1 - falling)) * min(1.0, (self.steps - self.first_step + 1) / WARM_STEPS)
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group['lr'] = rate * group['factor']

    def tell(self, steps, seconds):
        told = ' '.join(f'{name} {np.mean(values):.3f}' for name, values in self.figures.items())
        left = (1 - self.done) * self.seconds / 60
        print(f'{self.steps} {told} · {steps / seconds:.2f} steps/s, {left:.0f} min left', flush=True)
        self.figures.clear()

    def save(self):
        save(self.out, self.learner, self.shape, self.steps)
        if self.hearing:
            return
        self.learner.eval()
        print(f'{time.strftime("%H:%M")} step {self.steps} dev', self.watch(self.learner.model), flush=True)
        self.learner.train()


class Tails:
    """The encoder's states of the silence up to 30 s: no speech reaches so far, so that they are made once for many windows."""

    def __init__(self, encoder):
        self.encoder, self.made = encoder, {}

    def after(self, position, peak, step):
        """States (1 × rest × width) from `position` on, where the loudest sound of the window was `peak`."""
        if peak not in self.made or step - self.made[peak][0] > TAIL_STEPS:
            silence = torch.full((1, MELS, WHOLE), (peak - 4) / 4)
            with torch.no_grad(), torch.autocast('cpu', torch.bfloat16):
                self.made[peak] = step, self.encoder(silence)
        return self.made[peak][1][:, position:]


def optimizers(learner):
    """Muon for the matrices of the layers, AdamW for the rest; the encoder and the embeddings learn slower."""
    encoder = {id(weight) for weight in learner.model.encoder.parameters()}
    embeddings = {id(weight) for weight in (learner.model.decoder.embed_tokens.weight, learner.model.decoder.embed_positions.weight)}
    learner.model.encoder.embed_positions.requires_grad_(False)
    matrices, others = [], []
    for name, weight in learner.named_parameters():
        if weight.requires_grad:
            factor = ENCODER_FACTOR if id(weight) in encoder else EMBEDDING_FACTOR if id(weight) in embeddings else 1.0
            decay = 0.01 if weight.ndim > 1 else 0.0
            (matrices if 'layers' in name and weight.ndim == 2 else others).append(
                {'params': [weight], 'factor': factor, 'weight_decay': decay})
    return [optim.Muon(matrices, lr=RATE, momentum=0.95, adjust_lr_fn='match_rms_adamw'),
            optim.AdamW(others, lr=RATE, betas=(0.9, 0.98))]


def columns(scripts):
    """The scripts' four lists as tensors of one length."""
    longest = max(len(read) for read, *_ in scripts)
    found = []
    for column, fill in zip(zip(*scripts), (END, -100, UNKNOWN, UNKNOWN)):
        found.append(torch.tensor([values + [fill] * (longest - len(values)) for values in column]))
    return found


if __name__ == '__main__':
    main()
