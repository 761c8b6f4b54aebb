"""Checks of the training code: `python -m unittest` in this folder. Trains for a few steps, about a minute in all."""
import json
import random
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

import calibrate
import corpus
import encode
import linear
import network
import pressure
import talk
from augment import augmented
from corpus import NAMES, CorpusError, Example
from finetune import Recipe, finetune

SPLITS = {'dev': ['chosen'], 'test': ['held']}


def write_corpus(folder, calls=(), rows=()):
    """A small corpus on disk; `calls` are (file name, call)."""
    for name in ('calls', 'utterances'):
        (folder / name).mkdir(exist_ok=True)
    (folder / 'splits.json').write_text(json.dumps(SPLITS))
    for prefix in {prefix for prefix, _ in calls}:
        lines = [json.dumps(call) for name, call in calls if name == prefix]
        (folder / 'calls' / f'{prefix}.jsonl').write_text('\n'.join(lines))
    (folder / 'utterances' / 'rows.jsonl').write_text('\n'.join(json.dumps(row) for row in rows))
    return folder


def call_of(name, *entries):
    return {'id': name, 'title': 'a call', 'kind': 'phone screen', 'utterances': list(entries)}


class CorpusTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)

    def test_refuses_what_the_taxonomy_does_not_know(self):
        asked = {'speaker': 'interviewer', 'text': 'May I record?', 'labels': ['recording-request']}
        refused = [
            (asked | {'labels': ['recording-asked']}, "unknown label 'recording-asked'"),
            (asked | {'labels': [], 'events': ['consent']}, "unknown event 'consent'"),
            (asked | {'speaker': 'boss'}, "unknown speaker 'boss'"),
            (asked | {'speaker': 'candidate'}, "'recording-request' on a line of the candidate"),
            (asked | {'events': ['consent-given']}, "'consent-given' on a line of the interviewer"),
            (asked | {'labels': ['recording-request'] * 2}, 'a label stands twice'),
            (asked | {'text': ' '}, 'no text'),
            (asked | {'lables': []}, "unknown key 'lables'"),
        ]
        for entry, complaint in refused:
            with self.subTest(complaint), self.assertRaises(CorpusError) as caught:
                corpus.load_split(write_corpus(self.folder, [('own', call_of('own-01', asked, entry))]))
            self.assertIn("calls/own.jsonl, line 1, call 'own-01', utterance 2: ", str(caught.exception))
            self.assertIn(complaint, str(caught.exception))

    def test_splits_by_whole_authors_and_keeps_measured_texts_out_of_train(self):
        said = {'speaker': 'interviewer', 'text': 'We would like to film this talk.'}
        calls = [(name.rsplit('-', 1)[0], call_of(name, said, {'speaker': 'candidate', 'text': f'I am in {name}.'}))
                 for name in ('own-01', 'chosen-01', 'held-01')]
        rows = [{'text': f'Row {i}', 'speaker': 'unknown', 'pair': 'p1'} for i in 'ab']
        parts = corpus.load_split(write_corpus(self.folder, calls, rows))
        groups = {part: {x.group for x in examples} for part, examples in parts.items()}
        self.assertEqual(groups, {'train': {'own-01', 'rows/p1'}, 'dev': {'chosen-01'}, 'test': {'held-01'}})
        self.assertEqual([x.text for x in parts['train'] if x.origin == 'call'], ['I am in own-01.'])

    def test_the_corpus_of_the_project_is_valid_and_does_not_leak(self):
        parts = corpus.load_split()
        groups = {part: {x.group for x in examples} for part, examples in parts.items()}
        self.assertFalse(groups['train'] & groups['dev'] or groups['train'] & groups['test'])
        texts = {corpus.normal(x.text) for x in parts['train'] if len(x.text.split()) > 4}
        self.assertFalse(texts & {corpus.normal(x.text) for x in parts['dev'] + parts['test']})
        for part in ('train', 'dev', 'test'):
            self.assertEqual({name for x in parts[part] for name in x.names}, set(NAMES))


class EncodeTest(unittest.TestCase):
    context = (('candidate', 'no thanks'), ('interviewer', ' '.join(f'w{i}' for i in range(30))), ('candidate', 'hi'))

    def test_the_pair_has_the_nearest_first_and_only_the_last_words_of_the_context(self):
        first, second = encode.text_pair(Example('Just  the audio?', 'interviewer', self.context))
        self.assertEqual(first, 'interviewer: Just the audio?')
        self.assertEqual(second, 'candidate: no thanks | interviewer: ' + ' '.join(f'w{i}' for i in range(10, 30)) + ' | candidate: hi')

    def test_cuts_a_long_utterance_and_leaves_no_context_empty(self):
        self.assertEqual(encode.text_pair(Example('a ' * 90, 'unknown')), ('unknown: ' + ' '.join('a' * 70), ''))

    def test_unannotated_events_do_not_count(self):
        wanted, known = encode.targets([Example('Hm.', 'candidate', names=frozenset(['data-question'])),
                                        Example('Hm.', 'candidate', events_known=False)])
        self.assertEqual(wanted.sum(), 1)
        self.assertEqual(known.sum(1).tolist(), [19, 15])


class AugmentTest(unittest.TestCase):
    def test_copies_vary_and_keep_names_and_the_context_that_a_refusal_needs(self):
        earlier = (('candidate', 'No, thanks.'), ('interviewer', 'May I record?'))
        names = frozenset(['refusal-pushback', 'recording-request'])
        pressed = Example('Just the audio, then?', 'interviewer', earlier, names)
        copies = [augmented(pressed, random.Random(seed)) for seed in range(200)]
        self.assertEqual({x.names for x in copies}, {pressed.names})
        self.assertEqual({len(x.context) for x in copies}, {1, 2})
        self.assertEqual({x.speaker for x in copies}, {'interviewer', 'unknown'})
        self.assertIn('just the audio then', {x.text for x in copies})

    def test_talk_gets_roles_and_may_lose_its_context(self):
        line = Example('So that was the plan.', 'unknown', (('unknown', 'Right.'),), origin='talk')
        copies = [augmented(line, random.Random(seed)) for seed in range(200)]
        self.assertEqual({x.speaker for x in copies}, {'candidate', 'interviewer', 'unknown'})
        self.assertEqual({len(x.context) for x in copies}, {0, 1})


class HeadTest(unittest.TestCase):
    def test_the_tokens_add_up_to_the_logits_and_only_the_utterance_counts(self):
        head, hidden = network.Head(), torch.randn(2, 6, network.WIDTH)
        own = torch.tensor([[1, 1, 1, 0, 0, 0], [1, 1, 1, 1, 0, 0]])
        tokens = head.tokens(hidden, own)
        self.assertEqual(float(tokens[0, 3:].abs().max()), 0.0)
        self.assertTrue(torch.allclose(head(hidden, own), tokens.sum(1) + head.first(hidden[:, 0])))


class LinearTest(unittest.TestCase):
    def test_the_hash_is_fnv1a(self):
        known = {'': 0x811C9DC5, 'a': 0xE40C292C, 'foobar': 0xBF9CF968}
        self.assertEqual({text: linear.fnv1a(text) for text in known}, known)

    def test_a_written_model_reads_back_and_its_formula_is_the_documented_one(self):
        asked = frozenset(['recording-request'])
        yes = [Example(f'may i record call {i}', 'interviewer', names=asked) for i in range(20)]
        no = [Example(f'tell me about project {i}', 'interviewer', (('candidate', 'hello'),)) for i in range(20)]
        with tempfile.TemporaryDirectory() as scratch:
            file = Path(scratch) / 'linear.bin'
            linear.write(linear.fit(yes + no, 2 ** 10), file)
            model = linear.read(file)
        logits = model.logits(yes[:1] + no[:1])[:, 0]
        self.assertGreater(logits[0], 0)
        self.assertLess(logits[1], 0)
        total = sum(linear.GROUPS[group] / len(found) ** 0.5 * model.weights[found, 0].astype(int).sum()
                    for group, found in linear.feature_buckets(no[0], 2 ** 10).items())
        self.assertAlmostEqual(float(logits[1]), model.bias[0] + model.scale[0] * total, places=4)


class TalkTest(unittest.TestCase):
    def test_marked_lines_are_no_negatives_and_long_turns_are_cut(self):
        with tempfile.TemporaryDirectory() as scratch:
            (Path(scratch) / 'a.txt').write_text('Ann: We are recording.\nBob: Fine.\n' + 'word ' * 100)
            (Path(scratch) / 'index.tsv').write_text('file\tnotes\na.txt\tL1: recording-announced (by words)\n')
            found = [x for part in talk.read_talk(scratch).values() for x in part]
        self.assertEqual([len(x.text.split()) for x in found], [1, 45, 55])
        self.assertEqual(found[0].context, (('unknown', 'We are recording.'),))

    def test_without_a_folder_there_is_no_talk(self):
        self.assertEqual(set(map(len, talk.read_talk(None).values())), {0})


class CalibrateTest(unittest.TestCase):
    def test_the_cuts_keep_about_the_limit_of_false_alarms_and_are_ordered(self):
        rng = np.random.default_rng(1)
        plain = Example('x', 'interviewer')
        flagged = [Example('x', 'interviewer', names=frozenset(['surveillance']))] * 50 + [plain] * 50
        logits = np.concatenate([rng.normal(2, 1, (50, len(NAMES))), rng.normal(-2, 1, (50, len(NAMES)))])
        noise = rng.normal(0, 1, (20000, len(NAMES)))
        talk = [plain] * len(noise)
        found = calibrate.calibrate(logits, flagged, noise, talk, 200.0)
        alarms = [int((calibrate.scores_of(noise, found, talk) > calibrate.cuts_of(found, level))[:, NAMES.index('surveillance')].sum())
                  for level in ('low', 'normal', 'high')]
        limits = [calibrate.LEVELS[level].alarms * 200 for level in ('low', 'normal', 'high')]
        self.assertTrue(all(found <= 1.5 * limit for found, limit in zip(alarms, limits)), alarms)
        self.assertTrue(0 < alarms[0] < alarms[1] < alarms[2], alarms)


class PressureTest(unittest.TestCase):
    def test_pressure_is_no_surer_than_what_is_pressed_for(self):
        call = [Example('x', 'interviewer', group='a-01')] * 14 + [Example('x', 'interviewer', group='a-02')]
        odds = np.full((15, len(NAMES)), -4.0)
        odds[:, NAMES.index('refusal-pushback')] = 3.0
        odds[3, NAMES.index('free-work')] = 1.0
        found = pressure.bounded(odds, call)[:, NAMES.index('refusal-pushback')]
        self.assertEqual(found.tolist(), [3.0] * 4 + [1.0] * 8 + [-4.0] * 2 + [3.0])


class FinetuneTest(unittest.TestCase):
    def test_a_stopped_run_ends_with_the_weights_of_one_that_was_not(self):
        examples = [Example(f'may i record call {i}', 'interviewer', names=frozenset(['recording-request']))
                    if i % 2 else Example(f'tell me about project {i}', 'interviewer') for i in range(16)]
        recipe = Recipe(batch=4, epochs=2, steps=6, checkpoint_seconds=0)
        with tempfile.TemporaryDirectory() as whole, tempfile.TemporaryDirectory() as halved:
            expected = finetune(examples, [], examples, recipe, Path(whole), lambda line: None)
            with self.assertRaises(KeyboardInterrupt):
                finetune(examples, [], examples, recipe, Path(halved), stop_at_epoch_one)
            found = finetune(examples, [], examples, recipe, Path(halved), lambda line: None)
        for name, value in expected.state_dict().items():
            self.assertTrue(torch.equal(value, found.state_dict()[name]), name)


def stop_at_epoch_one(line):
    if line.startswith('epoch 1'):
        raise KeyboardInterrupt


if __name__ == '__main__':
    unittest.main()
