"""Trains, exports, calibrates and measures the red-flag classifier: `python train.py --talk DIR --out DIR`."""
import argparse
import os
import random
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

import encode
import linear
import roles
from augment import as_interviewer, with_drawn_roles, without_speakers
from batches import logits_of
from calibrate import LEVELS, best_mix, calibrate, cuts_of, scores_of
from corpus import FOLDER, LABELS, load_split, share_of
from export import agreement, export, int8_logits, open_session, write_json
from finetune import Recipe, finetune
from metrics import alarms_an_hour, report
from network import base_folder
from talk import hours, read_talk

QUICK = {'steps': 60, 'talk_lines': 200, 'checkpoint_seconds': 5}
QUICK_SHARE = 0.05
BLIND_SHARE, LINEAR_TALK, ROLES_TALK = 0.25, 5000, 7500
AGREEMENT_LINES, LEAST_CORRELATION = 400, 0.98
EXAMPLES_SHOWN = 12
ENGINES = ('encoder', 'linear', 'mix')
LABELLED = ('dev', 'dev without speakers')


def main():
    options = parse()
    os.environ['RAYON_NUM_THREADS'] = str(options.threads)
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    parts = load_parts(options)
    recipe = replace(Recipe(seed=options.seed), **(QUICK if options.quick else {}))
    talk = train_linear(parts, options)
    network = finetune(parts['train'], talk, parts['dev'], recipe, options.out, say)
    save_file(network.state_dict(), options.out / 'encoder.safetensors')
    export(network, options.out / 'encoder')
    measure(network, parts, options)
    say(f'done: {options.out}')


def measure(network, parts, options):
    """Scores dev and talk with the models as they were written, chooses the mix, calibrates, and writes all figures."""
    sets = measured_sets(parts)
    logits = all_logits(sets, options)
    match = checked_agreement(network, sets['dev'], logits['dev']['encoder'])
    share = add_mix(logits, sets['dev'])
    engines = {engine: calibrated(engine, logits, sets) for engine in ENGINES}
    write_json(options.out / 'calibration.json',
               {'format': 'offrecord.calibration/2', 'encoderShare': share, 'names': engines['mix']})
    write_json(options.out / 'metrics.json', {'agreement': match, 'encoderShare': share}
               | {engine: measured(engine, logits, sets, engines[engine]) for engine in ENGINES})
    write_json(options.out / 'examples.json', shown_examples(logits['dev'], sets['dev']))


def parse():
    parser = argparse.ArgumentParser(description='Trains the red-flag classifier; run again to go on after a stop.')
    parser.add_argument('--out', type=Path, required=True, help='folder for the model and the checkpoint')
    parser.add_argument('--talk', type=Path, help='folder with real talk (*.txt, one turn a line)')
    parser.add_argument('--corpus', type=Path, default=FOLDER)
    parser.add_argument('--threads', type=int, default=1)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--quick', action='store_true', help='60 steps on a twentieth of the data, to try the command')
    return parser.parse_args()


def say(line):
    print(time.strftime('%H:%M:%S'), line, file=sys.stderr, flush=True)


def load_parts(options):
    """train, dev, test and talk; says how much there is and what is missing."""
    parts = load_split(options.corpus) | {'talk': read_talk(options.talk)}
    if options.talk is None:
        say('without --talk: no real talk as negatives, and no limit on false alarms an hour')
    if options.quick:
        parts = {name: fraction(part) for name, part in parts.items()}
    talk = {f'talk to {name}': len(lines) for name, lines in parts['talk'].items()}
    say(f'examples: { {name: len(parts[name]) for name in ("train", "dev", "test")} | talk}')
    return parts


def fraction(part):
    """A twentieth of the calls and pairs; of the talk, of its lines."""
    if isinstance(part, dict):
        return {name: fraction(lines) for name, lines in part.items()}
    return [x for x in part if share_of(f'quick {x.group} {x.text if x.origin == "talk" else ""}') < QUICK_SHARE]


def train_linear(parts, options):
    """Writes both linear models; returns the talk to train on, what the first took most for a flag in front."""
    say('fits the linear models')
    rng, talk = random.Random(options.seed), parts['talk']['train']
    blind = [without_speakers(x) for x in parts['train'] if rng.random() < BLIND_SHARE]
    drawn = rng.sample(talk, min(LINEAR_TALK, len(talk)))
    model = linear.fit(parts['train'] + blind + [with_drawn_roles(x, rng) for x in drawn])
    linear.write(model, options.out / 'linear.bin')
    roles_model = roles.fit(parts['train'], rng.sample(talk, min(ROLES_TALK, len(talk))))
    linear.write(roles_model, options.out / 'roles.bin', names=roles.NAMES, context=0)
    if not talk:
        return talk
    alarm = model.logits(talk)[:, :len(LABELS)].max(1)
    return [talk[row] for row in np.argsort(-alarm, kind='stable')]


def measured_sets(parts):
    """What is scored: dev with and without speakers, talk to calibrate, and talk to measure, as unknown speakers and as interviewers."""
    measure = parts['talk']['measure']
    return {'dev': parts['dev'], 'dev without speakers': [without_speakers(x) for x in parts['dev']],
            'calibrate unknown': parts['talk']['calibrate'], 'measure unknown': measure,
            'measure interviewer': [as_interviewer(x) for x in measure]}


def all_logits(sets, options):
    """Logits of each set by both models as they were written to disk."""
    model, session = linear.read(options.out / 'linear.bin'), open_session(options.out / 'encoder', options.threads)
    tokenizer, found = encode.open_tokenizer(base_folder() / 'tokenizer.json'), {}
    for name, examples in sets.items():
        found[name] = {'encoder': int8_logits(session, tokenizer, examples), 'linear': model.logits(examples)}
        say(f'scored {name}: {len(examples)}')
    return found


def checked_agreement(network, dev, rounded):
    """How well int8 says what the trained network says; stops where it does not."""
    tokenizer = encode.open_tokenizer(base_folder() / 'tokenizer.json')
    found = agreement(logits_of(network, dev[:AGREEMENT_LINES], tokenizer), rounded[:AGREEMENT_LINES])
    say(f'int8 against torch: {found}')
    if found['correlation'] < LEAST_CORRELATION:
        raise SystemExit('The int8 model does not say what the trained one says: do not use it.')
    return found


def add_mix(logits, dev):
    """Adds the mixed logits to every set; returns the encoder's share."""
    share = best_mix(logits['dev']['encoder'], logits['dev']['linear'], dev)
    for found in logits.values():
        found['mix'] = share * found['encoder'] + (1 - share) * found['linear']
    return share


def calibrated(engine, logits, sets):
    """Fitted to dev, and to talk as it is: without speakers."""
    talk = sets['calibrate unknown']
    return calibrate(logits['dev'][engine], sets['dev'], logits['calibrate unknown'][engine], talk, hours(talk))


def measured(engine, logits, sets, calibration):
    """Figures on dev, and false alarms an hour of talk at each sensitivity; nothing was fitted to the talk to measure."""
    scores = {name: scores_of(logits[name][engine], calibration, sets[name]) for name in sets}
    found = {name: report(sets[name], scores[name], cuts_of(calibration)) for name in LABELLED}
    for name in [name for name in sets if name not in LABELLED and sets[name]]:
        found[f'talk to {name}'] = {level: alarms_an_hour(scores[name], cuts_of(calibration, level), hours(sets[name]))
                                    for level in LEVELS}
    say(f'{engine}: dev {found["dev"]["labels"]}, clean calls {found["dev"]["cleanCalls"]}')
    return found


def shown_examples(logits, dev):
    """Some inputs with their text pairs and logits, so that another reader of the model can check itself."""
    shown = []
    for row in np.linspace(0, len(dev) - 1, EXAMPLES_SHOWN).astype(int).tolist():
        example = dev[row]
        found = {name: logits[name][row].round(3).tolist() for name in ('encoder', 'linear')}
        shown.append({'speaker': example.speaker, 'text': example.text, 'context': example.context[:encode.CONTEXT],
                      'pair': encode.text_pair(example), 'logits': found})
    return shown


if __name__ == '__main__':
    main()
