"""Whisper's encoder and decoder, one layer each, in plain operations."""
import torch
from torch import nn
from torch.nn.functional import gelu

MELS, SOUND_POSITIONS, TEXT_POSITIONS, VOCABULARY = 80, 1500, 448, 51864
WIDTH, HEADS = 32, 2


class Encoder(nn.Module):
    """Log-mel frames (batch × 80 × 3000) to hidden states (batch × 1500 × width)."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv1d(MELS, WIDTH, 3, padding=1)
        self.conv2 = nn.Conv1d(WIDTH, WIDTH, 3, stride=2, padding=1)
        self.positions = nn.Parameter(torch.empty(SOUND_POSITIONS, WIDTH))
        self.self_norm, self.self_attention = nn.LayerNorm(WIDTH), Attention()
        self.feed, self.norm = FeedForward(), nn.LayerNorm(WIDTH)

    def forward(self, features):
        hidden = gelu(self.conv2(gelu(self.conv1(features)))).transpose(1, 2) + self.positions
        normal = self.self_norm(hidden)
        hidden = hidden + self.self_attention(normal, *self.self_attention.memory(normal))
        return self.norm(hidden + self.feed(hidden))


class Decoder(nn.Module):
    """Token ids to logits; the output head is the embedding itself."""

    def __init__(self):
        super().__init__()
        self.tokens, self.positions = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(TEXT_POSITIONS, WIDTH)
        self.self_norm, self.self_attention = nn.LayerNorm(WIDTH), Attention()
        self.sound_norm, self.sound_attention = nn.LayerNorm(WIDTH), Attention()
        self.feed, self.norm = FeedForward(), nn.LayerNorm(WIDTH)

    def forward(self, ids, past, sound):
        """`past` and `sound` are keys and values: of earlier tokens (or None), and of the encoder's states."""
        before = 0 if past is None else past[0].shape[2]
        places = torch.arange(ids.shape[1]) + before
        hidden = self.tokens(ids) + self.positions(places)
        normal = self.self_norm(hidden)
        own = self.self_attention.memory(normal)
        if past is not None:
            own = tuple(torch.cat(pair, 2) for pair in zip(past, own))
        hidden = hidden + self.self_attention(normal, *own, hide_later(places, before + ids.shape[1]))
        hidden = hidden + self.sound_attention(self.sound_norm(hidden), *sound)
        hidden = self.norm(hidden + self.feed(hidden))
        return hidden @ self.tokens.weight.T, own


class FirstPass(nn.Module):
    """The decoder without a cache: it makes the keys and values of the sound too."""

    def __init__(self, decoder):
        super().__init__()
        self.decoder = decoder

    def forward(self, ids, states):
        sound = self.decoder.sound_attention.memory(states)
        logits, own = self.decoder(ids, None, sound)
        return logits, *own, *sound


class LaterPass(nn.Module):
    """The decoder with a cache: only the keys and values of the text grow."""

    def __init__(self, decoder):
        super().__init__()
        self.decoder = decoder

    def forward(self, ids, key, value, sound_key, sound_value):
        logits, own = self.decoder(ids, (key, value), (sound_key, sound_value))
        return logits, *own


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.key = nn.Linear(WIDTH, WIDTH, bias=False)

    def memory(self, states):
        """Keys and values (batch × heads × length × width of a head)."""
        return split(self.key(states)), split(self.value(states))

    def forward(self, states, key, value, hidden=None):
        weights = split(self.query(states) * (WIDTH // HEADS) ** -0.5) @ key.transpose(2, 3)
        weights = weights if hidden is None else weights + hidden
        mixed = (torch.softmax(weights, -1) @ value).transpose(1, 2)
        return self.out(mixed.reshape(states.shape[0], -1, WIDTH))


class FeedForward(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.widen, self.narrow = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, states):
        return self.narrow(gelu(self.widen(self.norm(states))))


def split(states):
    return states.view(states.shape[0], -1, HEADS, WIDTH // HEADS).transpose(1, 2)


def hide_later(places, length):
    """Added to the weights, so that no token sees a later one."""
    later = torch.arange(length)[None, :] > places[:, None]
    return torch.where(later, torch.tensor(-3.4e38), torch.tensor(0.0))
