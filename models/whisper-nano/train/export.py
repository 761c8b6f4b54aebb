"""Writes a checkpoint as a model in transformers.js layout, fp32 and int8, and checks that both say what the network says.

    export.py CHECKPOINT OUT
"""
import json
import shutil
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from checkpoint import load
from features import MELS
from graph import cache_names, write_decoder, write_encoder, write_int8
from network import SOUND_POSITIONS, TEXT_POSITIONS
from vocabulary import END, ENGLISH, MODEL, SIZE, START, TRANSCRIBE, WITHOUT_TIMES, number

TOKENIZER_FILES = ('tokenizer.json', 'tokenizer_config.json', 'preprocessor_config.json')
ENCODER, DECODER = 'encoder_model', 'decoder_model_merged'
MOST_DIFFERENCE = {'': 1e-3, '_quantized': 0.12}
"""Of the logits, as a share of the largest."""


def main(checkpoint, out):
    learner, shape, steps = load(checkpoint)
    model, out = learner.model.eval().requires_grad_(False), Path(out)
    (out / 'onnx').mkdir(parents=True, exist_ok=True)
    for name in TOKENIZER_FILES:
        shutil.copyfile(MODEL / name, out / name)
    (out / 'config.json').write_text(json.dumps(config(shape), indent=1) + '\n')
    (out / 'generation_config.json').write_text(json.dumps(generation_config(shape), indent=1) + '\n')
    write_encoder(model.encoder, out / f'onnx/{ENCODER}.onnx')
    write_decoder(model.decoder, shape, out / f'onnx/{DECODER}.onnx')
    for name in (ENCODER, DECODER):
        write_int8(out / f'onnx/{name}.onnx', out / f'onnx/{name}_quantized.onnx')
    print(f'{steps} steps')
    for kind, most in MOST_DIFFERENCE.items():
        difference = check(model, shape, out, kind)
        size = sum((out / f'onnx/{name}{kind}.onnx').stat().st_size for name in (ENCODER, DECODER)) / 1e6
        print(f'{kind or "fp32"}: {size:.2f} MB, logits differ by {difference:.4f} of the largest')
        if difference > most:
            raise SystemExit(f'The exported model says something else than the network (at most {most} is allowed).')


def config(shape):
    return {
        'architectures': ['WhisperForConditionalGeneration'], 'model_type': 'whisper', 'activation_function': 'gelu',
        'bos_token_id': END, 'eos_token_id': END, 'pad_token_id': END, 'decoder_start_token_id': START,
        'd_model': shape['width'], 'num_hidden_layers': shape['encoder_layers'],
        'encoder_layers': shape['encoder_layers'], 'decoder_layers': shape['decoder_layers'],
        'encoder_attention_heads': shape['heads'], 'decoder_attention_heads': shape['heads'],
        'encoder_ffn_dim': shape['wide'], 'decoder_ffn_dim': shape['wide'], 'dropout': 0.0, 'is_encoder_decoder': True,
        'max_source_positions': SOUND_POSITIONS, 'max_target_positions': TEXT_POSITIONS, 'max_length': TEXT_POSITIONS,
        'num_mel_bins': MELS, 'scale_embedding': False, 'tie_word_embeddings': True, 'use_cache': True, 'vocab_size': SIZE,
    }


def generation_config(shape):
    last = shape['decoder_layers'] - 1
    return {
        'alignment_heads': [[last, 0], [last, 1]], 'bos_token_id': END, 'eos_token_id': END, 'pad_token_id': END,
        'decoder_start_token_id': START, 'is_multilingual': True, 'lang_to_id': {'<|en|>': ENGLISH},
        'task_to_id': {'transcribe': TRANSCRIBE, 'translate': number('translate')},
        'max_initial_timestamp_index': SOUND_POSITIONS, 'max_length': TEXT_POSITIONS, 'no_timestamps_token_id': WITHOUT_TIMES,
        'prev_sot_token_id': number('startofprev'), 'return_timestamps': False, 'forced_decoder_ids': [[1, ENGLISH], [2, TRANSCRIBE]],
    }


def check(model, shape, out, kind):
    """The largest difference of the logits of a few tokens, said one by one with the cache."""
    features = torch.randn(1, MELS, 2 * SOUND_POSITIONS, generator=torch.Generator().manual_seed(1)) * 0.3
    ids = torch.tensor([[START, ENGLISH, TRANSCRIBE, 400, 500, 600]])
    with torch.no_grad():
        wanted = model.decoder(ids, model.encoder(features))[0].numpy()
    encoder, decoder = (onnxruntime.InferenceSession(str(out / f'onnx/{name}{kind}.onnx'), providers=['CPUExecutionProvider'])
                        for name in (ENCODER, DECODER))
    sound = encoder.run(None, {'input_features': features.numpy()})[0]
    names, outputs = cache_names(shape['decoder_layers']), [output.name for output in decoder.get_outputs()]
    cache = {name: np.zeros((1, shape['heads'], 0, shape['width'] // shape['heads']), np.float32) for name in names}
    found, given, later = [], ids[:, :3], False
    for at in range(3, ids.shape[1] + 1):
        said = dict(zip(outputs, decoder.run(None, {
            'input_ids': given.numpy(), 'encoder_hidden_states': sound, 'use_cache_branch': np.array([later]),
            **{f'past_key_values.{name}': value for name, value in cache.items()}})))
        found.append(said['logits'])
        cache = {name: cache[name] if later and 'encoder' in name else said[f'present.{name}'] for name in names}
        given, later = ids[:, at:at + 1], True
    return np.abs(np.concatenate(found, 1) - wanted).max() / np.abs(wanted).max()


if __name__ == '__main__':
    main(*sys.argv[1:])
