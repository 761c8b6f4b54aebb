"""Whisper's log-mel features, before and after the clamp to the loudest frame, as in transformers' WhisperFeatureExtractor."""
import numpy as np
import torch
from transformers.audio_utils import mel_filter_bank

RATE, HOP, BINS, MELS = 16000, 160, 400, 80
FRAMES_PER_SECOND = RATE // HOP
FLOOR = -10.0
"""log10 of the least power."""
FILTERS = torch.tensor(mel_filter_bank(1 + BINS // 2, MELS, 0.0, 8000.0, RATE, 'slaney', 'slaney').T, dtype=torch.float32)
WINDOW = torch.hann_window(BINS)


def log_power(samples):
    """Samples at 16 kHz to log10 of the power, frames of 10 ms × 80."""
    whole = np.concatenate([samples, np.zeros(-len(samples) % HOP, np.float32)]).astype(np.float32)
    power = torch.stft(torch.from_numpy(whole), BINS, HOP, window=WINDOW, return_complex=True)[..., :-1].abs() ** 2
    return torch.clamp(FILTERS @ power, min=10**FLOOR).log10().T.numpy()


def features(powers):
    """Batch × frames × 80 of log power to what the encoder reads, batch × 80 × frames."""
    values = torch.from_numpy(np.ascontiguousarray(powers.transpose(0, 2, 1)))
    return (torch.maximum(values, values.amax((1, 2), keepdim=True) - 8.0) + 4) / 4
