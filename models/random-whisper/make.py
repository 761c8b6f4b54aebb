"""Makes the English-only Whisper of the tests: `python make.py OUT`. It hears nothing and always says the same."""
import argparse
import json
import math
from pathlib import Path

import torch
from torch.nn.functional import normalize

import config
from check import check
from graph import decoder_graph, encoder_graph, write_int8
from network import Decoder, Encoder
from vocabulary import all_ids, tokenizer, tokenizer_config

SEED = 1
SPOKEN = ['<|0.00|>', 'Ġbada', 'Ġfego', ',', 'Ġkilu', ('(', 'Ġmopa'), 'Ġnuri', '.', '<|1.40|>',
          '<|1.40|>', 'Ġsovi', 'Ġtaze', 'Ġpibu', 'Ġrega', '.', '<|2.80|>', '<|endoftext|>']
"""The token after each position; of two the model likes the first better, and its `suppress_tokens` forbid it."""
WISH, LOUD, SECOND = 8.0, 6.0, 0.8


def main():
    parser = argparse.ArgumentParser(description='Makes the random English-only Whisper of the tests.')
    parser.add_argument('out', type=Path, help='folder for the model')
    out = parser.parse_args().out
    (out / 'onnx').mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    encoder, decoder = random_weights(Encoder()), random_weights(Decoder())
    spoken = [ids_of(choice) for choice in SPOKEN]
    make_speak(decoder, spoken)
    write_int8(encoder_graph(encoder), out / 'onnx' / 'encoder_model_quantized.onnx', 'u8')
    write_int8(decoder_graph(decoder), out / 'onnx' / 'decoder_model_merged_quantized.onnx', 's8')
    write_configs(out)
    check(out, encoder, decoder, [choice[-1] for choice in spoken])


def ids_of(choice):
    ids = all_ids()
    return [ids[token] for token in ([choice] if isinstance(choice, str) else choice)]


@torch.no_grad()
def random_weights(network):
    """Products keep the size of their input, norms change little."""
    for name, weight in network.named_parameters():
        if weight.dim() == 1:
            weight.normal_(1.0 if name.endswith('norm.weight') else 0.0, 0.02)
        else:
            weight.normal_(0, 0.5 if 'tokens' in name or 'positions' in name else 1 / math.sqrt(weight[0].numel()))
    return network


@torch.no_grad()
def make_speak(decoder, spoken):
    """Each position asks for its token, whatever was heard or said before; those after the last ask for the end."""
    said = sorted({number for choice in spoken for number in choice})
    decoder.tokens.weight[said] = LOUD * normalize(decoder.tokens.weight[said])
    for position in range(len(decoder.positions.weight)):
        choice = decoder.tokens.weight[spoken[min(position, len(spoken) - 1)]]
        liking = torch.tensor([1.0, SECOND])[:len(choice)]
        decoder.positions.weight[position] = WISH * liking @ choice


def write_configs(out):
    write_json(out / 'config.json', config.model_config())
    write_json(out / 'generation_config.json', config.generation_config())
    write_json(out / 'preprocessor_config.json', config.preprocessor_config())
    write_json(out / 'tokenizer_config.json', tokenizer_config())
    write_json(out / 'tokenizer.json', tokenizer(), indent=None)


def write_json(file, value, indent=1):
    separators = (',', ':') if indent is None else None
    file.write_text(json.dumps(value, indent=indent, ensure_ascii=False, separators=separators) + '\n', 'utf-8')


if __name__ == '__main__':
    main()
