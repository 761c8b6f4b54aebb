"""The network as ONNX graphs in the layout of the hub's Whisper models, and their int8 form."""
import tempfile
import warnings
from pathlib import Path

import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantizationMode, QuantType
from onnxruntime.quantization.onnx_quantizer import ONNXQuantizer
from onnxruntime.quantization.registry import IntegerOpsRegistry

from network import HEADS, MELS, SOUND_POSITIONS, VOCABULARY, WIDTH, FirstPass, LaterPass

OPSET, IR_VERSION = 14, 8
BATCH, SOUND = 'batch_size', 'encoder_sequence_length'
QUERY, PAST = 'decoder_sequence_length', 'past_decoder_sequence_length'
CACHE = [f'0.{side}.{part}' for side in ('decoder', 'encoder') for part in ('key', 'value')]


def encoder_graph(encoder):
    """`input_features` → `last_hidden_state`."""
    axes = {name: {0: BATCH} for name in ('input_features', 'last_hidden_state')}
    return export(encoder, (torch.randn(1, MELS, 3000),), ['input_features'], ['last_hidden_state'], axes)


def decoder_graph(decoder):
    """Both passes in one graph: `use_cache_branch` says which runs, the weights stand outside once."""
    first, later = first_pass(decoder), later_pass(decoder)
    weights = share_weights(first.graph, later.graph)
    outputs = list(first.graph.output)
    fill_missing(later.graph, outputs)
    choice = helper.make_node('If', ['use_cache_branch'], [output.name for output in outputs], 'optimum::if',
                              then_branch=branch('with_past', later.graph, outputs),
                              else_branch=branch('no_past', first.graph, outputs))
    inputs = {given.name: given for given in (*first.graph.input, *later.graph.input)}
    flag = helper.make_tensor_value_info('use_cache_branch', TensorProto.BOOL, [1])
    merged = helper.make_graph([choice], 'merged', [*inputs.values(), flag], outputs, weights)
    return helper.make_model(merged, opset_imports=[helper.make_opsetid('', OPSET)], ir_version=IR_VERSION)


def write_int8(model, file, weights):
    """Dynamic quantisation as for the hub's `…_quantized.onnx`: every operation that has an integer form.

    `weights` is 'u8' for a graph with convolutions (there is no other form of them), else 's8'.
    """
    kind = QuantType.QUInt8 if weights == 'u8' else QuantType.QInt8
    options = {'EnableSubgraph': True, 'MatMulConstBOnly': True}
    quantizer = ONNXQuantizer(model, False, False, mode=QuantizationMode.IntegerOps, static=False, weight_qType=kind,
                              activation_qType=QuantType.QUInt8, tensors_range=None, nodes_to_quantize=[],
                              nodes_to_exclude=[], op_types_to_quantize=list(IntegerOpsRegistry), extra_options=options)
    quantizer.quantize_model()
    onnx.save(quantizer.model.model, file)


def first_pass(decoder):
    ids, states = torch.zeros(1, 2, dtype=torch.long), torch.randn(1, SOUND_POSITIONS, WIDTH)
    outputs = ['logits', *(f'present.{name}' for name in CACHE)]
    axes = {'input_ids': {0: BATCH, 1: QUERY}, 'encoder_hidden_states': {0: BATCH, 1: SOUND}, **output_axes(outputs)}
    model = export(FirstPass(decoder), (ids, states), ['input_ids', 'encoder_hidden_states'], outputs, axes)
    for output in model.graph.output[1:]:
        size = output.type.tensor_type.shape.dim
        size[1].dim_value, size[3].dim_value = HEADS, WIDTH // HEADS
    return with_tied_head(model)


def later_pass(decoder):
    ids = torch.zeros(1, 1, dtype=torch.long)
    past = [torch.randn(1, HEADS, length, WIDTH // HEADS) for length in (5, 5, SOUND_POSITIONS, SOUND_POSITIONS)]
    names = [f'past_key_values.{name}' for name in CACHE]
    outputs = ['logits', *(f'present.{name}' for name in CACHE[:2])]
    lengths = {name: {0: BATCH, 2: PAST if '.decoder.' in name else f'{SOUND}_out'} for name in names}
    axes = {'input_ids': {0: BATCH, 1: QUERY}, **lengths, **output_axes(outputs)}
    return with_tied_head(export(LaterPass(decoder), (ids, *past), ['input_ids', *names], outputs, axes))


def output_axes(outputs):
    lengths = {name: f'{PAST} + {QUERY}' if '.decoder.' in name else f'{SOUND}_out' for name in outputs[1:]}
    return {'logits': {0: BATCH, 1: QUERY}, **{name: {0: BATCH, 2: length} for name, length in lengths.items()}}


def export(module, inputs, names, outputs, axes):
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter('ignore')
        file = Path(scratch) / 'plain.onnx'
        torch.onnx.export(module.eval(), inputs, str(file), input_names=names, output_names=outputs,
                          dynamic_axes=axes, opset_version=OPSET, dynamo=False)
        model = onnx.load(file)
    model.ir_version = IR_VERSION
    return model


def with_tied_head(model):
    """The exporter stores the embedding again, transposed, for the output head: transpose it when running instead."""
    graph = model.graph
    embedding = next(weight for weight in graph.initializer if list(weight.dims) == [VOCABULARY, WIDTH])
    copy = next(weight for weight in graph.initializer if list(weight.dims) == [WIDTH, VOCABULARY])
    at, head = next((at, node) for at, node in enumerate(graph.node) if copy.name in node.input)
    head.input[1] = f'{embedding.name}_transposed'
    graph.node.insert(at, helper.make_node('Transpose', [embedding.name], [head.input[1]], head.input[1], perm=[1, 0]))
    graph.initializer.remove(copy)
    return model


def share_weights(*graphs):
    """Takes the weights out of the graphs, equal ones once, and renames their uses; small constants stay."""
    shared = {}
    for graph in graphs:
        names = {}
        for weight in [weight for weight in graph.initializer if weight.dims and weight.data_type == TensorProto.FLOAT]:
            content = (tuple(weight.dims), numpy_helper.to_array(weight).tobytes())
            graph.initializer.remove(weight)
            kept = shared.setdefault(content, weight)
            names[weight.name] = kept.name
        for node in graph.node:
            node.input[:] = [names.get(name, name) for name in node.input]
    return list(shared.values())


def fill_missing(graph, outputs):
    """Both branches must have all outputs: the keys and values of the sound are empty where they stay the same."""
    for name in sorted({output.name for output in outputs} - {output.name for output in graph.output}):
        empty = helper.make_tensor('empty', TensorProto.FLOAT, [0, HEADS, 1, WIDTH // HEADS], [])
        graph.node.append(helper.make_node('Constant', [], [name], f'Constant_{name}', value=empty))


def branch(name, graph, outputs):
    return helper.make_graph(list(graph.node), name, [], outputs, list(graph.initializer))
