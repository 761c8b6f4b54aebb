"""The trained network as int8 ONNX with its tokenizer, in the folder layout that transformers.js loads."""
import json
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

import encode
from corpus import NAMES
from network import base_folder

INPUTS = ('input_ids', 'attention_mask', 'token_type_ids')


def export(network, folder):
    """Writes `onnx/model_quantized.onnx`, `config.json`, `tokenizer.json` and `tokenizer_config.json`."""
    (folder / 'onnx').mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain, prepared = Path(scratch) / 'plain.onnx', Path(scratch) / 'prepared.onnx'
        write_graph(network, plain)
        quant_pre_process(plain, prepared, skip_symbolic_shape=True)
        write_int8(prepared, folder / 'onnx' / 'model_quantized.onnx')
    write_json(folder / 'config.json', config())
    write_json(folder / 'tokenizer.json', tokenizer(), indent=None)
    write_json(folder / 'tokenizer_config.json', tokenizer_config())


def write_graph(network, file):
    """The network as an ONNX graph in full precision, batch and length left open."""
    ids = torch.randint(1000, 20000, (2, 24))
    mask, segments = torch.ones_like(ids), torch.zeros_like(ids)
    axes = {name: {0: 'batch', 1: 'sequence'} for name in (*INPUTS, 'weights')} | {'logits': {0: 'batch'}}
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        torch.onnx.export(WithWeights(network).eval(), (ids, mask, segments), str(file), input_names=list(INPUTS),
                          output_names=['logits', 'weights'], opset_version=17, dynamo=False, dynamic_axes=axes)


class WithWeights(torch.nn.Module):
    """The logits, and what each token adds to them."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, input_ids, attention_mask, token_type_ids):
        hidden = self.network.hidden(input_ids, attention_mask, token_type_ids)
        weights = self.network.head.tokens(hidden, attention_mask * (1 - token_type_ids))
        return weights.sum(1) + self.network.head.first(hidden[:, 0]), weights


def write_int8(prepared, file):
    """Weights of the matrix products and of the embeddings as int8, one scale a channel."""
    fresh = file.with_suffix('.new')
    quantize_dynamic(prepared, fresh, op_types_to_quantize=['MatMul', 'Gemm', 'Gather'], per_channel=True,
                     weight_type=QuantType.QInt8, extra_options={'MatMulConstBOnly': True})
    fresh.replace(file)


def config():
    base = json.loads((base_folder() / 'config.json').read_text('utf-8'))
    return base | {
        '_name_or_path': 'all-MiniLM-L6-v2', 'architectures': ['BertForSequenceClassification'],
        'problem_type': 'multi_label_classification',
        'id2label': {str(i): name for i, name in enumerate(NAMES)}, 'label2id': {n: i for i, n in enumerate(NAMES)},
        'offrecord': {'context': encode.CONTEXT, 'utteranceWords': encode.UTTERANCE_WORDS,
                      'contextWords': encode.CONTEXT_WORDS[:encode.CONTEXT], 'tokens': encode.TOKENS},
    }


def tokenizer():
    return json.loads((base_folder() / 'tokenizer.json').read_text('utf-8')) | {'truncation': None, 'padding': None}


def tokenizer_config():
    base = json.loads((base_folder() / 'tokenizer_config.json').read_text('utf-8'))
    return base | {'model_max_length': encode.TOKENS, 'name_or_path': 'all-MiniLM-L6-v2'}


def write_json(file, value, indent=1):
    file.write_text(json.dumps(value, indent=indent, ensure_ascii=False) + '\n', 'utf-8')


def open_session(folder, threads):
    """An onnxruntime session of the exported model."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    file = folder / 'onnx' / 'model_quantized.onnx'
    return onnxruntime.InferenceSession(str(file), options, providers=['CPUExecutionProvider'])


def int8_logits(session, tokenizer, examples):
    """Logits (examples × names) of the exported model, one utterance at a time as in the program.

    In a batch they would differ a little: int8 rounds the activations over the whole batch.
    """
    found = np.zeros((len(examples), len(NAMES)), np.float32)
    for row, (ids, segments) in enumerate(encode.tokens(tokenizer, examples)):
        values = np.array([ids, [1] * len(ids), segments], np.int64)[:, None]
        found[row] = session.run(['logits'], dict(zip(INPUTS, values)))[0][0]
    return found


def agreement(exact, rounded):
    """How far int8 logits are from those of the torch network: mean and greatest difference, correlation."""
    gap = np.abs(exact - rounded)
    return {'examples': len(exact), 'meanDifference': float(gap.mean()), 'greatestDifference': float(gap.max()),
            'correlation': float(np.corrcoef(exact.ravel(), rounded.ravel())[0, 1])}
