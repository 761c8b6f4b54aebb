"""Trains from a checkpoint for a number of minutes; saves every few, and at once on Ctrl-C or SIGTERM.

    learn.py START OUT --shards DIR [--minutes N] [--threads N] [--last-rate R] [--hearing]

After a stop, START may be the OUT of before, with the minutes that are left. `--hearing`: the encoder and its heads alone.
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

RATE, LAST_RATE, FLAT, WARM_STEPS = 8e-4, 1e-5, 0.1, 50
"""Learning rate: flat for this share of the time, then falling in a line to the last."""
ENCODER_FACTOR, EMBEDDING_FACTOR = 0.5, 0.5
FROZEN = 2
"""The convolutions and the lowest layers of the encoder, which hear well enough, stay as they are: 1.5 times as fast."""
MISTAKES = 0.06
BATCH_SECONDS, POOL = 80, 300
PEAKS = tuple(level / 4 for level in range(1, 10))
"""log10 of the loudest power of a window: 20 dB of levels. All windows of a batch have one."""
SAVE_SECONDS = 300
TAIL_STEPS = 80


def main():
    options = argparse.ArgumentParser()
    options.add_argument('start')
    options.add_argument('out', type=Path)
    options.add_argument('--shards', required=True)
    options.add_argument('--minutes', type=float, default=90)
    options.add_argument('--threads', type=int, default=2)
    options.add_argument('--last-rate', type=float, default=LAST_RATE)
    options.add_argument('--hearing', action='store_true')
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    learner, shape, steps = load(given.start)
    learner.model.encoder.freeze(FROZEN)
    Training(learner, shape, steps, Speech(given.shards), given).run()


class Training:
    def __init__(self, learner, shape, steps, speech, given):
        self.learner, self.shape, self.steps, self.speech, self.out = learner, shape, steps, speech, given.out
        self.seconds, self.last_rate, self.hearing = given.minutes * 60, given.last_rate, given.hearing
        self.began, self.draw, self.sounds = time.monotonic(), random.Random(), sounds()
        self.first_step, self.stopped, self.figures = steps, False, defaultdict(list)
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
        saved = told = time.monotonic()
        batches = []
        while self.done < 1 and not self.stopped:
            if not batches:
                self.speech.take_in(10**6 if not self.speech.utterances else 2)
                batches = groups([(short if self.hearing else draw_window)(self.speech, self.draw) for _ in range(POOL)], BATCH_SECONDS, self.draw)
            self.step(batches.pop())
            if time.monotonic() - told > 30:
                self.tell(time.monotonic() - told)
                told = time.monotonic()
            if time.monotonic() - saved > SAVE_SECONDS:
                self.save()
                saved = told = time.monotonic()
        self.save()

    def step(self, windows):
        self.schedule()
        length = max(window.length for window in windows)
        peak = self.draw.choice(PEAKS)
        power, phones, tokens, before = map(np.stack, zip(*(render(one, length, peak, self.sounds, self.draw) for one in windows)))
        offsets = torch.tensor([min(one.offset, (WHOLE - length) // 2) for one in windows])
        with torch.autocast('cpu', torch.bfloat16):
            states = self.learner.model.encoder(features(power), offsets)
            loss, figures = frame_loss(self.learner, states, *(torch.from_numpy(one[:, ::2]) for one in (phones, tokens, before)))
        if not self.hearing:
            for one, offset in zip(windows, offsets.tolist()):
                one.offset = offset
            tail = self.tails.after(length // 2, peak, self.steps) if windows[0].padded else None
            said, more = self.decode(windows, states, tail)
            loss, figures = loss + said, {**figures, **more}
        self.apply(loss)
        for name, figure in {**figures, 'sound': torch.tensor(length * len(windows) / 100.0)}.items():
            self.figures[name].append(figure.item())

    def decode(self, windows, states, tail):
        read, answers, places, answer_places = columns([script(one, MISTAKES, self.draw) for one in windows])
        with torch.autocast('cpu', torch.bfloat16):
            logits, looks = self.learner.model.decoder(read, states, tail)
        return decoder_loss(logits, looks, answers, places, answer_places)

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
        rate = (self.last_rate + (RATE - self.last_rate) * (1 - falling)) * min(1.0, (self.steps - self.first_step + 1) / WARM_STEPS)
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group['lr'] = rate * group['factor']

    def tell(self, seconds):
        means = {name: np.mean(values) for name, values in self.figures.items()}
        count, sound = len(self.figures['sound']), sum(self.figures.pop('sound'))
        means.pop('sound')
        told = ' '.join(f'{name} {value:.3f}' for name, value in means.items())
        left = (1 - self.done) * self.seconds / 60
        print(f'{self.steps} {told} · {count / seconds:.2f} steps/s, {sound / seconds:.0f} times real time, {left:.0f} min left', flush=True)
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
