"""Sounds without words, as log power: noise of four colours, hum, tones, music, clicks."""
import numpy as np

from features import RATE, log_power

SECONDS = 31
QUIET = ('white', 'pink', 'brown', 'rumble', 'hum')
"""What may lie under speech."""


def sounds(seed=1):
    """(kind, log power of SECONDS at a mean power of 1) of each sound."""
    draw = np.random.default_rng(seed)
    makers = {'white': white, 'pink': pink, 'brown': brown, 'rumble': rumble, 'hum': hum, 'tone': tone, 'music': music,
              'clicks': clicks}
    counts = {'hum': 6, 'tone': 10, 'music': 12, 'clicks': 2}
    found = []
    for kind, make in makers.items():
        for _ in range(counts.get(kind, 1)):
            samples = make(draw)
            level = np.sqrt((samples**2).mean())
            found.append((kind, log_power((samples / level).astype(np.float32))))
    return found


def times():
    return np.arange(SECONDS * RATE) / RATE


def coloured(draw, gain):
    spectrum = np.fft.rfft(draw.standard_normal(SECONDS * RATE))
    frequencies = np.maximum(np.fft.rfftfreq(SECONDS * RATE, 1 / RATE), 20)
    return np.fft.irfft(spectrum * gain(frequencies), SECONDS * RATE)


def white(draw):
    return draw.standard_normal(SECONDS * RATE)


def pink(draw):
    return coloured(draw, lambda hertz: hertz**-0.5)


def brown(draw):
    return coloured(draw, lambda hertz: 1 / hertz)


def rumble(draw):
    return coloured(draw, lambda hertz: 1 / (1 + (hertz / 700) ** 2) + 3 * np.exp(-abs(hertz - 50) / 4))


def hum(draw):
    """Mains hum, 50 or 60 Hz, with overtones."""
    base = draw.choice([50, 60]) * draw.uniform(0.99, 1.01)
    tones = [draw.uniform(0, 1) / number * np.sin(2 * np.pi * base * number * times() + draw.uniform(0, 6))
             for number in range(1, draw.integers(2, 12))]
    return base_noise(draw) + np.sin(2 * np.pi * base * times()) + sum(tones)


def tone(draw):
    """One to three steady tones, some of them beeping."""
    tones = [np.sin(2 * np.pi * 2 ** draw.uniform(6.5, 12) * times() + draw.uniform(0, 6)) for _ in range(draw.integers(1, 4))]
    gate = (np.sin(2 * np.pi * draw.uniform(0.2, 3) * times()) > draw.uniform(-0.8, 0.5)) if draw.random() < 0.4 else 1.0
    return base_noise(draw) + sum(tones) * gate


def music(draw):
    """A scale's notes in a beat: struck strings or held pipes, one to four voices."""
    whole = np.zeros(SECONDS * RATE)
    scale = 2 ** (np.array([0, 2, 4, 5, 7, 9, 11, 12]) / 12) * draw.uniform(110, 330)
    for _ in range(draw.integers(1, 5)):
        beat, octave, decay = draw.uniform(0.15, 0.8), 2.0 ** draw.integers(-1, 2), draw.choice([0.0, 2.0, 6.0])
        overtones = draw.uniform(0, 1, 6) / np.arange(1, 7)
        at = 0.0
        while at < SECONDS - beat:
            length = int(beat * draw.choice([1, 1, 2]) * RATE)
            here = np.arange(length) / RATE
            pitch = draw.choice(scale) * octave
            note = sum(gain * np.sin(2 * np.pi * pitch * number * here) for number, gain in enumerate(overtones, 1))
            shape = np.exp(-decay * here) * np.minimum(1, here / 0.01) * np.minimum(1, here[::-1] / 0.02)
            start = int(at * RATE)
            part = whole[start:start + length]
            part += (note * shape)[:len(part)]
            at += length / RATE
    return base_noise(draw) + whole


def clicks(draw):
    found = base_noise(draw)
    for start in draw.integers(0, len(found) - 400, draw.integers(20, 120)):
        found[start:start + 200] += draw.standard_normal(200) * np.exp(-np.arange(200) / 30) * 2
    return found


def base_noise(draw):
    """What every recording has below its sound."""
    return white(draw) * 10 ** draw.uniform(-6, -2)
