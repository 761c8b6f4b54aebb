"""The network as ONNX graphs in the layout of transformers.js, and their int8 form."""
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from torch.nn.functional import gelu

from features import MELS
from network import SOUND_POSITIONS

OPSET = 14
HALF_FROM = 10_000
"""Floats of a weight that stays no integer; larger ones are stored with half the bits."""


class EncoderGraph(nn.Module):
    """`input_features` (batch × 80 × 3000) to `last_hidden_state`."""

    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, features):
        encoder = self.encoder
        states = gelu(encoder.conv2(gelu(encoder.conv1(features)))).transpose(1, 2) + encoder.embed_positions.weight
        for layer in encoder.layers:
            normal, attention = layer.self_attn_layer_norm(states), layer.self_attn
            states = states + mixed(attention, attention.q_proj(normal), *attention.memory(normal))
            states = states + layer.fc2(gelu(layer.fc1(layer.final_layer_norm(states))))
        return encoder.layer_norm(states)


class DecoderGraph(nn.Module):
    """Both passes in one: the first makes keys and values of the sound; later ones (`use_cache_branch`) are given them."""

    def __init__(self, decoder):
        super().__init__()
        self.decoder = decoder

    def forward(self, ids, sound, use_cache_branch, *past):
        decoder, before, length = self.decoder, past[0].shape[2], ids.shape[1]
        places = torch.arange(before, before + length)
        states = decoder.embed_tokens(ids) + decoder.embed_positions(places)
        later = torch.where(torch.arange(before + length)[None] <= places[:, None], 0.0, -1e9)
        # A graph has no empty matrix products: one row is projected and dropped where the cache has all.
        fresh = sound.shape[1] * (1 - use_cache_branch.to(torch.int64))[0]
        projected = sound[:, :torch.clamp(fresh, min=1)]
        present, looks = [], []
        for number, layer in enumerate(decoder.layers):
            key, value, sound_key, sound_value = past[4 * number:4 * number + 4]
            normal, attention = layer.self_attn_layer_norm(states), layer.self_attn
            key, value = (torch.cat([old, new], 2) for old, new in zip((key, value), attention.memory(normal)))
            states = states + mixed(attention, attention.q_proj(normal), key, value, later)
            normal, attention = layer.encoder_attn_layer_norm(states), layer.encoder_attn
            sound_key, sound_value = (torch.cat([old, new[:, :, :fresh]], 2)
                                      for old, new in zip((sound_key, sound_value), attention.memory(projected)))
            weights = weights_of(attention, attention.q_proj(normal), sound_key)
            states = states + attention.joined(weights @ sound_value)
            states = states + layer.fc2(gelu(layer.fc1(layer.final_layer_norm(states))))
            present += [key, value, sound_key, sound_value]
            looks.append(weights)
        return decoder.layer_norm(states) @ decoder.embed_tokens.weight.T, *present, *looks


def mixed(attention, query, key, value, hidden=None):
    weights = weights_of(attention, query, key, hidden)
    return attention.joined(weights @ value)


def weights_of(attention, query, key, hidden=None):
    query = attention.split(query)
    products = query * query.shape[-1] ** -0.5 @ key.transpose(2, 3)
    return (products if hidden is None else products + hidden).softmax(-1)


def cache_names(layers):
    return [f'{number}.{side}.{kind}' for number in range(layers) for side in ('decoder', 'encoder') for kind in ('key', 'value')]


def write_encoder(encoder, file):
    axes = {name: {0: 'batch_size'} for name in ('input_features', 'last_hidden_state')}
    write(EncoderGraph(encoder), (torch.zeros(1, MELS, 2 * SOUND_POSITIONS),), file, ['input_features'], ['last_hidden_state'], axes)


def write_decoder(decoder, shape, file):
    layers, heads, width = shape['decoder_layers'], shape['heads'], shape['width']
    names = cache_names(layers)
    past = [torch.zeros(2, heads, 3 if 'decoder' in name else SOUND_POSITIONS, width // heads) for name in names]
    looks = [f'cross_attentions.{number}' for number in range(layers)]
    axes = {'input_ids': {0: 'batch_size', 1: 'decoder_sequence_length'}, 'logits': {0: 'batch_size', 1: 'decoder_sequence_length'},
            'encoder_hidden_states': {0: 'batch_size', 1: 'encoder_sequence_length'}}
    for name in names:
        side = name.split('.')[1]
        axes[f'past_key_values.{name}'] = {0: 'batch_size', 2: f'past_{side}_sequence_length'}
        axes[f'present.{name}'] = {0: 'batch_size', 2: f'present_{side}_sequence_length'}
    axes |= {name: {0: 'batch_size', 2: 'decoder_sequence_length', 3: 'encoder_sequence_length_out'} for name in looks}
    inputs = (torch.zeros(2, 2, dtype=torch.long), torch.zeros(2, SOUND_POSITIONS, width), torch.tensor([True]), *past)
    write(DecoderGraph(decoder), inputs, file,
          ['input_ids', 'encoder_hidden_states', 'use_cache_branch', *(f'past_key_values.{name}' for name in names)],
          ['logits', *(f'present.{name}' for name in names), *looks], axes)


def write(module, inputs, file, names, outputs, axes):
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter('ignore')
        torch.onnx.export(module.eval(), inputs, str(file), input_names=names, output_names=outputs, dynamic_axes=axes,
                          opset_version=OPSET, do_constant_folding=True, dynamo=False)


def write_int8(file, out):
    """Matrix products and embeddings with 8 bits, equal weights once, other large weights with 16."""
    with tempfile.TemporaryDirectory() as scratch:
        quantized = Path(scratch) / 'quantized.onnx'
        quantize_dynamic(file, quantized, weight_type=QuantType.QUInt8, op_types_to_quantize=['MatMul', 'Gather'],
                         extra_options={'EnableSubgraph': True, 'MatMulConstBOnly': True})
        model = onnx.load(quantized)
    tie_head(model.graph)
    halve(model.graph)
    onnx.checker.check_model(model)
    onnx.save(model, out)


def tie_head(graph):
    """The output head is the embedding transposed: it need not be stored again."""
    bytes_of = {weight.name: weight for weight in graph.initializer if len(weight.dims) == 2 and weight.data_type == TensorProto.UINT8}
    for name, weight in bytes_of.items():
        turned = numpy_helper.to_array(weight).T
        same = next((other for other, candidate in bytes_of.items() if other != name
                     and tuple(candidate.dims) == turned.shape and np.array_equal(numpy_helper.to_array(candidate), turned)), None)
        if same and weight.dims[0] < weight.dims[1]:
            graph.initializer.remove(weight)
            graph.node.insert(0, helper.make_node('Transpose', [same], [name], f'{name}_transposed', perm=[1, 0]))


def halve(graph):
    for weight in [weight for weight in graph.initializer if weight.data_type == TensorProto.FLOAT]:
        values = numpy_helper.to_array(weight)
        if values.size >= HALF_FROM:
            graph.initializer.remove(weight)
            graph.initializer.append(numpy_helper.from_array(values.astype(np.float16), f'{weight.name}_half'))
            graph.node.insert(0, helper.make_node('Cast', [f'{weight.name}_half'], [weight.name], f'{weight.name}_cast', to=TensorProto.FLOAT))
