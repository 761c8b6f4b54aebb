"""Runs the written model as a program would, and compares it with the network it was made from."""
import numpy as np
import onnxruntime
import torch

import config
from network import HEADS, MELS, WIDTH, FirstPass

LONGEST, ALIKE = 40, 0.98


def check(folder, encoder, decoder, spoken):
    """Stops the program when the int8 model does not say `spoken`, or its cache changes what it computes."""
    sound = np.random.default_rng(1).normal(size=(1, MELS, 3000)).astype(np.float32)
    states = open_session(folder / 'onnx' / 'encoder_model_quantized.onnx').run(None, {'input_features': sound})[0]
    session = open_session(folder / 'onnx' / 'decoder_model_merged_quantized.onnx')
    said, logits = speak(session, states)
    if said != spoken:
        raise SystemExit(f'The model says {said} and not {spoken}: try another seed.')
    with torch.no_grad():
        exact = FirstPass(decoder)(torch.tensor([[config.START, *said[:-1]]]), encoder(torch.from_numpy(sound)))[0][0]
    alike = np.corrcoef(np.ravel(exact), np.ravel(logits))[0, 1]
    if alike < ALIKE:
        raise SystemExit(f'The int8 logits are too far from the exact ones (correlation {alike:.4f}).')
    print(f'{len(said)} tokens, correlation of the logits with the exact ones {alike:.4f}')


def speak(session, states):
    """Greedy token ids up to the end, and the logits of each, with the cache."""
    names = [output.name for output in session.get_outputs()]
    cache = {name.replace('present', 'past_key_values'): np.zeros((1, HEADS, 0, WIDTH // HEADS), np.float32)
             for name in names[1:]}
    said, logits = [], []
    while len(said) < LONGEST and said[-1:] != [config.END]:
        given = {'input_ids': np.array([[said[-1] if said else config.START]]), 'encoder_hidden_states': states,
                 'use_cache_branch': np.array([bool(said)])}
        outputs = dict(zip(names, session.run(None, given | cache)))
        cache |= {name.replace('present', 'past_key_values'): value for name, value in outputs.items()
                  if name != 'logits' and value.size}
        logits.append(outputs['logits'][0, -1])
        said.append(best(logits[-1]))
    return said, logits


def best(logits):
    allowed = logits.copy()
    allowed[config.SUPPRESSED] = -np.inf
    return int(allowed.argmax())


def open_session(file):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = 1, 3
    return onnxruntime.InferenceSession(str(file), options, providers=['CPUExecutionProvider'])
