"""Speaks the training text with flite and keeps what the network learns from: log power, phones and the time of every letter.

    speak.py TEXTS OUT [--part N/M] [--seconds N]

Writes OUT/00000.pickle and so on, 250 sentences each; shards that are there are left as they are. Needs flite and ffmpeg.
"""
import argparse
import os
import pickle
import random
import subprocess
import tempfile
import time
import wave
from pathlib import Path

import numpy as np
import torch
from scipy.signal import resample_poly

from align import NUMBER, PAUSE, phones_of_letters
from features import FRAMES_PER_SECOND, HOP, RATE, log_power

HERE = Path(__file__).resolve().parent
VOICES = ('slt', 'rms')
SENTENCES = 250
PEAK = 0.7
MARGIN = 0.06
"""Seconds kept around the speech."""
LONGEST = 14.0
TELEPHONE, CODEC = 0.04, 0.04
"""Shares of the sentences."""
OPUS_BITS = ('10k', '16k', '24k')


def main():
    options = argparse.ArgumentParser()
    options.add_argument('texts')
    options.add_argument('out', type=Path)
    options.add_argument('--part', default='0/1')
    options.add_argument('--seconds', type=float, default=float('inf'))
    given = options.parse_args()
    part, parts = map(int, given.part.split('/'))
    torch.set_num_threads(1)
    given.out.mkdir(parents=True, exist_ok=True)
    lines = Path(given.texts).read_text('utf-8').splitlines()
    end = time.monotonic() + given.seconds
    shards = range(part, -(-len(lines) // SENTENCES), parts)
    for shard in shards:
        file = given.out / f'{shard:05d}.pickle'
        if not file.exists() and time.monotonic() < end:
            write_shard(lines[shard * SENTENCES:(shard + 1) * SENTENCES], shard, file)
            print(f'{shard // parts + 1} of {len(shards)}', flush=True)


def write_shard(lines, shard, file):
    draw = random.Random(shard)
    said = [utterance(line, draw.choice(VOICES), draw) for line in lines]
    temporary = file.with_suffix('.part')
    temporary.write_bytes(pickle.dumps([one for one in said if one]))
    temporary.rename(file)


def utterance(text, voice, draw):
    """What one sentence gives; None where it is too long, or flite says nothing."""
    samples, phones, ends = speak(text, voice, draw.uniform(0.9, 1.12))
    samples = spoiled(samples, draw)
    samples, cut = trimmed(samples)
    if not phones or not 0.2 < len(samples) / RATE < LONGEST:
        return None
    shift = draw.randrange(HOP) / RATE
    samples = np.concatenate([np.zeros(round(shift * RATE)), samples * (PEAK / np.abs(samples).max()), np.zeros(HOP)])
    return labelled(text, voice, samples, phones, np.array(ends) + (shift - cut))


def labelled(text, voice, samples, phones, ends):
    first = next(at for at, phone in enumerate(phones) if phone != PAUSE)
    last = max(at for at, phone in enumerate(phones) if phone != PAUSE)
    start = max(0.0, ends[first - 1]) if first else 0.0
    core, ends = phones[first:last + 1], ends[first:last + 1]
    starts = np.concatenate([[start], ends[:-1]])
    letters = [(starts[at] + ends[at]) / 2 for at in phones_of_letters(text, core)]
    power = log_power(samples.astype(np.float32))
    times = np.arange(len(power)) / FRAMES_PER_SECOND
    frames = np.array([*core, PAUSE], np.int8)[np.searchsorted(ends, times)]
    frames[times < start] = PAUSE
    return {'text': text, 'voice': voice, 'power': power.astype(np.float16), 'phones': frames,
            'letters': np.array(letters, np.float32), 'start': float(start), 'end': float(ends[-1])}


def speak(text, voice, speed=1.0):
    """Samples at 16 kHz, phone numbers and the second at which each phone ends. Source: flite's `-psdur`."""
    with tempfile.TemporaryDirectory(dir='/dev/shm' if os.path.isdir('/dev/shm') else None) as folder:
        file = f'{folder}/speech.wav'
        command = ['flite', '-voice', voice, '--setf', f'duration_stretch={1 / speed:.3f}', '-t', text, '-psdur', '-o', file]
        told = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
        with wave.open(file) as sound:
            rate = sound.getframerate()
            samples = np.frombuffer(sound.readframes(sound.getnframes()), np.int16).astype(np.float32) / 32768
    pairs = [pair.split(':') for pair in told]
    samples = samples if rate == RATE else resample_poly(samples, RATE, rate).astype(np.float32)
    return samples, [NUMBER[phone] for phone, _ in pairs], [float(end) for _, end in pairs]


def spoiled(samples, draw):
    """A few come through a telephone or a codec."""
    kind = draw.random()
    if kind < TELEPHONE:
        narrow = resample_poly(samples, 1, 2)
        return resample_poly(through(narrow, RATE // 2, ['pcm_mulaw', '-f', 'wav']), 2, 1).astype(np.float32)
    if kind < TELEPHONE + CODEC:
        return through(samples, RATE, ['libopus', '-b:a', draw.choice(OPUS_BITS), '-f', 'ogg'])
    return samples


def through(samples, rate, codec):
    """Encoded and decoded by ffmpeg; as long as before, and not moved (both forms keep their delay, as mp3 does not)."""
    plain = ['-f', 's16le', '-ac', '1', '-ar', str(rate)]
    given = (np.clip(samples, -1, 1) * 32767).astype(np.int16).tobytes()
    decoded = ffmpeg(['-i', '-', *plain, '-'], ffmpeg([*plain, '-i', '-', '-c:a', *codec, '-'], given))
    found = np.frombuffer(decoded, np.int16).astype(np.float32) / 32768
    return np.pad(found[:len(samples)], (0, max(0, len(samples) - len(found))))


def ffmpeg(options, given):
    return subprocess.run(['ffmpeg', '-v', 'error', *options], input=given, stdout=subprocess.PIPE, check=True).stdout


def trimmed(samples):
    """Cut to MARGIN around what is heard, with soft ends, and the seconds cut off in front."""
    blocks = samples[:len(samples) // HOP * HOP].reshape(-1, HOP)
    loud = np.sqrt((blocks**2).mean(1))
    heard = np.flatnonzero(loud > max(loud.max(initial=0.0) * 0.02, 1e-4))
    if not len(heard):
        return samples[:0], 0.0
    start = max(0, heard[0] * HOP - round(MARGIN * RATE))
    kept = samples[start:(heard[-1] + 1) * HOP + round(MARGIN * RATE)].copy()
    kept[:HOP] *= np.linspace(0, 1, HOP)
    kept[-HOP:] *= np.linspace(1, 0, HOP)
    return kept, start / RATE


if __name__ == '__main__':
    main()
