"""A small Whisper with the parameter names of transformers' WhisperForConditionalGeneration, and the heads that only training uses.

Encoder: log-mel (batch × 80 × frames) to states (batch × frames / 2 × width). Decoder: ids and states to logits and
the weights of its attention to the sound.
"""
import math

import torch
from torch import nn
from torch.nn.functional import gelu, scaled_dot_product_attention

from align import PHONES
from features import MELS

LONG = 1000
"""Positions; below, attention in plain operations is faster on a CPU (28 ms instead of 50 for a layer)."""
SOUND_POSITIONS, TEXT_POSITIONS = 1500, 448


def sinusoids(length, width):
    step = math.log(10000) / (width // 2 - 1)
    angles = torch.arange(length)[:, None] * torch.exp(-step * torch.arange(width // 2))[None]
    return torch.cat([angles.sin(), angles.cos()], 1)


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.q_proj, self.v_proj, self.out_proj = (nn.Linear(width, width) for _ in range(3))
        self.k_proj = nn.Linear(width, width, bias=False)

    def split(self, states):
        return states.view(*states.shape[:2], self.heads, -1).transpose(1, 2)

    def joined(self, mixed):
        return self.out_proj(mixed.transpose(1, 2).flatten(2))

    def forward(self, states, causal=False):
        query, key, value = (self.split(to(states)) for to in (self.q_proj, self.k_proj, self.v_proj))
        if causal or states.shape[1] > LONG:
            return self.joined(scaled_dot_product_attention(query, key, value, is_causal=causal))
        weights = (query * query.shape[-1] ** -0.5 @ key.transpose(2, 3)).float().softmax(-1)
        return self.joined(weights.to(value.dtype) @ value)

    def memory(self, states):
        return self.split(self.k_proj(states)), self.split(self.v_proj(states))

    def look(self, states, sound, tail=None):
        """Attention to other states, and its weights (batch × heads × queries × keys); `tail` goes on all of them."""
        query, (key, value) = self.split(self.q_proj(states)), self.memory(sound)
        if tail is not None:
            key, value = (torch.cat([one, more.expand(len(one), -1, -1, -1)], 2) for one, more in zip((key, value), self.memory(tail)))
        weights = (query @ key.transpose(2, 3) / math.sqrt(query.shape[-1])).float().softmax(-1)
        return self.joined(weights.to(value.dtype) @ value), weights


class EncoderLayer(nn.Module):
    def __init__(self, width, heads, wide):
        super().__init__()
        self.self_attn, self.self_attn_layer_norm = Attention(width, heads), nn.LayerNorm(width)
        self.fc1, self.fc2, self.final_layer_norm = nn.Linear(width, wide), nn.Linear(wide, width), nn.LayerNorm(width)

    def forward(self, states):
        states = states + self.self_attn(self.self_attn_layer_norm(states))
        return states + self.fc2(gelu(self.fc1(self.final_layer_norm(states))))


class DecoderLayer(nn.Module):
    def __init__(self, width, heads, wide):
        super().__init__()
        self.self_attn, self.self_attn_layer_norm = Attention(width, heads), nn.LayerNorm(width)
        self.encoder_attn, self.encoder_attn_layer_norm = Attention(width, heads), nn.LayerNorm(width)
        self.fc1, self.fc2, self.final_layer_norm = nn.Linear(width, wide), nn.Linear(wide, width), nn.LayerNorm(width)

    def forward(self, states, sound, tail):
        states = states + self.self_attn(self.self_attn_layer_norm(states), causal=True)
        seen, weights = self.encoder_attn.look(self.encoder_attn_layer_norm(states), sound, tail)
        states = states + seen
        return states + self.fc2(gelu(self.fc1(self.final_layer_norm(states)))), weights


class Encoder(nn.Module):
    def __init__(self, width, heads, wide, layers):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv1d(MELS, width, 3, padding=1), nn.Conv1d(width, width, 3, stride=2, padding=1)
        self.embed_positions = nn.Embedding(SOUND_POSITIONS, width, _weight=sinusoids(SOUND_POSITIONS, width))
        self.layers = nn.ModuleList(EncoderLayer(width, heads, wide) for _ in range(layers))
        self.layer_norm = nn.LayerNorm(width)
        self.frozen = 0

    def freeze(self, layers):
        """The lowest layers and the convolutions below them stay as they are; no gradient reaches them."""
        self.frozen = layers
        for part in (self.conv1, self.conv2, *self.layers[:layers]) if layers else ():
            part.requires_grad_(False)

    def forward(self, mel, offsets=None):
        """`offsets` (batch): the position at which each window begins."""
        with torch.set_grad_enabled(torch.is_grad_enabled() and not self.frozen):
            states = gelu(self.conv2(gelu(self.conv1(mel)))).transpose(1, 2)
            places = torch.arange(states.shape[1])
            states = states + self.embed_positions.weight[places if offsets is None else places + offsets[:, None]]
            for layer in self.layers[:self.frozen]:
                states = layer(states)
        for layer in self.layers[self.frozen:]:
            states = layer(states)
        return self.layer_norm(states)


class Decoder(nn.Module):
    def __init__(self, vocabulary, width, heads, wide, layers):
        super().__init__()
        self.embed_tokens, self.embed_positions = nn.Embedding(vocabulary, width), nn.Embedding(TEXT_POSITIONS, width)
        self.layers = nn.ModuleList(DecoderLayer(width, heads, wide) for _ in range(layers))
        self.layer_norm = nn.LayerNorm(width)

    def forward(self, ids, sound, tail=None):
        """`tail` (1 × more × width): states that follow those of every window."""
        states = self.embed_tokens(ids) + self.embed_positions.weight[:ids.shape[1]]
        looks = []
        for layer in self.layers:
            states, weights = layer(states, sound, tail)
            looks.append(weights)
        return self.layer_norm(states) @ self.embed_tokens.weight.T, looks


class Whisper(nn.Module):
    def __init__(self, shape):
        super().__init__()
        width, heads, wide = shape['width'], shape['heads'], shape['wide']
        self.encoder = Encoder(width, heads, wide, shape['encoder_layers'])
        self.decoder = Decoder(shape['vocabulary'], width, heads, wide, shape['decoder_layers'])


class Learner(nn.Module):
    """The model, and what each frame must tell while it learns: its phone (twice), its token, the token before."""

    def __init__(self, shape):
        super().__init__()
        self.model = Whisper(shape)
        width, text = shape['width'], shape['text']
        self.phone, self.token, self.before = nn.Linear(width, len(PHONES)), nn.Linear(width, text), nn.Linear(width, text)


@torch.no_grad()
def greedy(model, mel, prompt, end, longest=120):
    """Token ids (batch × length) that the model says after the prompt."""
    sound = model.encoder(mel)
    ids = torch.tensor([prompt] * len(mel))
    done = torch.zeros(len(mel), dtype=torch.bool)
    for _ in range(longest):
        best = model.decoder(ids, sound)[0][:, -1].argmax(-1)
        best[done] = end
        ids = torch.cat([ids, best[:, None]], 1)
        done |= best == end
        if done.all():
            break
    return ids[:, len(prompt):]
