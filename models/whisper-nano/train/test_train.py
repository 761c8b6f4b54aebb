"""python -m unittest: what the training data is made of; needs flite and ffmpeg."""
import json
import random
import sys
import tempfile
import unittest
from pathlib import Path
from subprocess import run

import numpy as np
import torch

import average
import texts
from align import NUMBER, PAUSE, phones_of_letters
from checkpoint import load, save
from features import FLOOR, FRAMES_PER_SECOND, RATE, features, log_power
from losses import look_loss
from network import Decoder, Encoder, Learner
from noise import sounds
from speak import speak, utterance, write_shard
from utterances import Speech, joined, without_end
from utterances import utterance as labelled
from vocabulary import END, FIRST_TIME, MARKS, SIZE, TOKENIZER, decode, encode, time_token
from watch import distance, power_of
from windows import WHOLE, Window, even, groups, render, script


class Texts(unittest.TestCase):
    def test_pieces(self):
        draw = random.Random(1)
        cases = {
            'We record this, if you agree.': ['We record this, if you agree.'],
            'I have 3 questions for you today.': [],
            'Send it to HR before the call.': [],
            'That is Great news. Maria said so to me!': ['That is great news.', 'Maria said so to me.'],
        }
        for line, wanted in cases.items():
            self.assertEqual(list(texts.pieces_of(line, {'Maria', 'I'}, draw)), wanted, line)

    def test_every_word_has_one_spelling(self):
        cases = {
            'Our neighbours favour a grey colour.': 'Our neighbors favor a gray color.',
            'I apologise, we cancelled the programme.': 'I apologize, we canceled the program.',
            'I promise our programmer a realistic exercise.': 'I promise our programmer a realistic exercise.',
            'Four hours of labour at the centre.': 'Four hours of labor at the center.',
        }
        for line, wanted in cases.items():
            self.assertEqual(texts.american(line), wanted)

    def test_long_sentences_are_cut_at_commas(self):
        line = ', '.join(['one two three four five'] * 5) + '.'
        parts = texts.cut(line)
        self.assertEqual([len(part.split()) for part in parts], [15, 10])
        self.assertTrue(all(part.endswith('.') for part in parts))

    def test_nothing_measured_is_trained_on(self):
        held_out = set(map(texts.bare, texts.held_out_sentences()))
        self.assertIn('but i read the manual last night and it looks easy enough', held_out)
        self.assertIn('thank you goodbye', held_out)

    def test_first_names(self):
        lines = texts.named(300, set(), random.Random(1))
        self.assertEqual(len(lines), 300)
        self.assertTrue(all(line[0].isupper() and '#' not in line for line in lines))
        measured = {texts.bare(line) for line in lines if line.startswith('Hello ')}
        self.assertTrue(measured)
        self.assertFalse(measured & set(map(texts.bare, texts.named(300, measured, random.Random(1)))))


class Alignment(unittest.TestCase):
    def test_letters_find_their_phones(self):
        phones = [NUMBER[phone] for phone in 'k ao l m iy'.split()]
        found = phones_of_letters('call me', phones)
        self.assertEqual([found[0], found[3], found[5], found[6]], [0, 2, 3, 4])

    def test_a_mark_is_a_pause(self):
        phones = [NUMBER[phone] for phone in 'y eh s pau n ow'.split()]
        self.assertEqual(phones_of_letters('yes, no', phones)[3], phones.index(PAUSE))


class Sound(unittest.TestCase):
    def test_features_are_the_library_s(self):
        from transformers import WhisperFeatureExtractor
        samples = speak('Do you hear me?', 'slt')[0]
        wanted = WhisperFeatureExtractor()(samples, sampling_rate=16000, return_tensors='pt').input_features[0]
        power = np.full((WHOLE, 80), FLOOR, np.float32)
        heard = log_power(samples)
        power[:len(heard)] = heard
        found = features(power[None])[0]
        self.assertLess((found - wanted)[:, :len(heard) - 2].abs().max(), 1e-3)

    def test_speech_lies_where_it_is_said_to(self):
        one = utterance('Please send me a copy of your passport.', 'rms', random.Random(2))
        loud = np.flatnonzero(one['power'].astype(np.float32).max(1) > -1)
        self.assertAlmostEqual(one['start'], loud[0] / FRAMES_PER_SECOND, delta=0.12)
        self.assertAlmostEqual(one['end'], loud[-1] / FRAMES_PER_SECOND, delta=0.15)
        self.assertTrue((np.diff(one['letters']) >= 0).all())

    def test_sounds_are_of_one_level(self):
        for kind, power in sounds():
            self.assertTrue(np.isfinite(power).all(), kind)
            self.assertGreaterEqual(len(power), WHOLE, kind)


class Words(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        lines = ('Before we begin, may we record this call?', 'I would rather not, thank you.', 'It is only for my manager.')
        draw = random.Random(1)
        cls.said = [labelled(**utterance(line, 'slt', draw)) for line in lines]
        cls.speech = Speech('.')
        cls.speech.utterances = cls.said
        for one in cls.said:
            for at, word in enumerate(one.words[1:], 1):
                cls.speech.places['slt'][word.text].append((one, at))
        cls.speech.lists = {'slt': list(cls.speech.places['slt'].values())}

    def test_words_cover_the_tokens_and_the_frames(self):
        for one in self.said:
            tokens = [token for word in one.words for token in word.tokens]
            self.assertEqual(tokens, encode(one.text)[0])
            self.assertEqual([word.first for word in one.words[1:]], [word.end for word in one.words[:-1]])
            self.assertEqual((one.words[0].first, one.words[-1].end), (0, len(one)))

    def test_a_part_keeps_its_times(self):
        part = self.said[0].part(4, 7)
        self.assertEqual(part.text, 'we record this')
        self.assertEqual(len(part), len(part.phones))
        for word in part.words:
            for centre in word.centres:
                self.assertTrue(word.first - 5 <= centre * FRAMES_PER_SECOND <= word.end + 5)

    def test_spliced_sentences_have_no_marks_inside(self):
        draw = random.Random(4)
        for _ in range(50):
            one = self.speech.spliced(draw, 'slt', 0.5)
            self.assertEqual(len(one), len(one.tokens))
            self.assertTrue(one.text[-1] in '.?')
            self.assertLessEqual(one.stop, len(one) / FRAMES_PER_SECOND + 0.01)

    def test_without_end(self):
        part = without_end(self.said[1])
        self.assertEqual(part.text, 'I would rather not, thank you')
        self.assertNotIn(part.words[-1].tokens[-1], MARKS)

    def test_joined_words_follow_each_other(self):
        one = joined([self.said[1].part(0, 2), self.said[2].part(1, 6)], random.Random(1))
        self.assertEqual(one.text, 'I would is only for my manager.')
        self.assertTrue(all(a.end <= b.first for a, b in zip(one.words, one.words[1:])))

    def test_script(self):
        one = self.said[2]
        read, answers, places, _ = script(Window([(one, 100)], even(100 + len(one)), offset=50), 0.0, Times())
        self.assertEqual(len(read), len(answers))
        self.assertEqual(answers[-1], END)
        times = [answer for answer in answers if answer >= FIRST_TIME]
        self.assertEqual(times, [time_token(one.start + 1, 50), time_token(one.stop + 1, 50)])
        self.assertEqual(decode([answer for answer in answers if 0 <= answer < END]).strip(), one.text)

    def test_render(self):
        one = self.said[0]
        power, phones, tokens, before = render(Window([(one, 40)], 800), 800, 1.5, sounds()[:5], random.Random(1))
        self.assertAlmostEqual(float(power.max()), 1.5, places=3)
        self.assertEqual([row.shape[0] for row in (power, phones, tokens, before)], [800] * 4)
        self.assertTrue((phones[:40] == PAUSE).all())

    def test_groups_keep_kinds_apart(self):
        windows = [Window([], length, padded=length % 40 == 0) for length in range(100, 1000, 20)]
        found = groups(windows, 20, random.Random(1))
        self.assertEqual(sum(map(len, found)), len(windows))
        for group in found:
            self.assertEqual(len({one.padded for one in group}), 1)
            self.assertLessEqual(len(group) * max(one.length for one in group), 2000)


class Network(unittest.TestCase):
    def test_a_tail_is_as_good_as_longer_states(self):
        torch.manual_seed(1)
        decoder = Decoder(50, 32, 2, 64, 2)
        states, tail = torch.randn(3, 20, 32), torch.randn(1, 30, 32)
        ids = torch.randint(50, (3, 5))
        with torch.no_grad():
            whole = decoder(ids, torch.cat([states, tail.expand(3, -1, -1)], 1))[0]
            apart = decoder(ids, states, tail)[0]
        self.assertLess((whole - apart).abs().max(), 1e-4)

    def test_nothing_is_frozen_unless_asked_for(self):
        encoder = Encoder(32, 2, 64, 3)
        encoder.freeze(0)
        encoder(torch.randn(1, 80, 40)).sum().backward()
        self.assertTrue(all(weight.grad is not None for weight in (encoder.conv1.weight, encoder.layers[0].fc1.weight)))

    def test_no_gradient_reaches_frozen_layers(self):
        encoder = Encoder(32, 2, 64, 3)
        encoder.freeze(2)
        encoder(torch.randn(1, 80, 40)).sum().backward()
        self.assertIsNone(encoder.conv1.weight.grad)
        self.assertIsNone(encoder.layers[1].fc1.weight.grad)
        self.assertIsNotNone(encoder.layers[2].fc1.weight.grad)

    def test_looking_at_the_right_place_costs_least(self):
        weights = torch.full((1, 4, 1, 100), 1e-4)
        there, elsewhere = weights.clone(), weights.clone()
        there[..., 50], elsewhere[..., 5] = 1.0, 1.0
        places = torch.tensor([[50.0]])
        self.assertLess(look_loss(there, places), look_loss(elsewhere, places) - 1)


SMALL = {'width': 32, 'heads': 2, 'wide': 64, 'encoder_layers': 1, 'decoder_layers': 1, 'vocabulary': SIZE, 'text': FIRST_TIME}


class Learning(unittest.TestCase):
    def test_one_part_learns_while_the_other_stays_as_it_is(self):
        for part in ('hearing', 'reading'):
            with self.subTest(part), tempfile.TemporaryDirectory() as folder:
                write_shard(['May we record this call?', 'I would rather not, thank you.', 'It is only for my manager.'] * 2,
                            0, Path(folder) / '00000.pickle')
                learner = Learner(SMALL)
                before = {name: weight.clone() for name, weight in learner.state_dict().items()}
                save(f'{folder}/start.pt', learner, SMALL, 0)
                run([sys.executable, 'learn.py', f'{folder}/start.pt', f'{folder}/out.pt', '--shards', folder, '--minutes', '0.1', f'--{part}'],
                    cwd=Path(__file__).parent, check=True, capture_output=True)
                learner, _, steps = load(f'{folder}/out.pt')
                self.assertGreater(steps, 0)
                changed = {name.split('.')[1] for name, weight in learner.state_dict().items()
                           if name.startswith('model') and not torch.equal(weight, before[name])}
                self.assertEqual(changed, {'encoder' if part == 'hearing' else 'decoder'})


class Average(unittest.TestCase):
    def test_lies_between_both(self):
        with tempfile.TemporaryDirectory() as folder:
            for steps in (1, 2):
                save(f'{folder}/{steps}.pt', Learner(SMALL), SMALL, steps)
            average.main(f'{folder}/1.pt', f'{folder}/2.pt', f'{folder}/out.pt')
            (one, _, _), (two, _, _), (found, shape, steps) = (load(f'{folder}/{name}.pt') for name in (1, 2, 'out'))
            self.assertEqual((shape, steps), (SMALL, 2))
            for name, weight in found.state_dict().items():
                middle = (one.state_dict()[name] + two.state_dict()[name]) / 2
                self.assertTrue(torch.allclose(weight, middle, atol=1e-3), name)

    def test_other_shapes_are_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            for width in (32, 64):
                shape = SMALL | {'width': width}
                save(f'{folder}/{width}.pt', Learner(shape), shape, 1)
            with self.assertRaisesRegex(SystemExit, 'only equal networks'):
                average.main(f'{folder}/32.pt', f'{folder}/64.pt', f'{folder}/out.pt')
            self.assertFalse(Path(f'{folder}/out.pt').exists())


class Vocabulary(unittest.TestCase):
    def test_common_words_are_one_token(self):
        for word in ('recording', 'passport', 'would', 'question'):
            self.assertEqual(len(encode(word)[0]), 1, word)

    def test_times(self):
        self.assertEqual(TOKENIZER.id_to_token(time_token(1.5)), '<|1.50|>')
        self.assertEqual(TOKENIZER.id_to_token(time_token(99)), '<|30.00|>')

    def test_it_is_the_one_in_the_manifest(self):
        manifest = json.loads((Path(texts.PROJECT) / 'models/manifest.json').read_text('utf-8'))
        nano = next(model for model in manifest['models'] if model['name'] == 'nano')
        size = next(file['bytes'] for file in nano['files'] if file['path'] == 'tokenizer.json')
        self.assertEqual(size, (Path(texts.PROJECT) / 'models/whisper-nano/tokenizer.json').stat().st_size)


class Measure(unittest.TestCase):
    def test_distance(self):
        self.assertEqual(distance('we record that'.split(), 'we may record this'.split()), 2)
        self.assertEqual(distance([], 'one two'.split()), 2)

    def test_a_window_holds_its_sentences_one_after_the_other(self):
        second = np.sin(np.arange(RATE) / 8).astype(np.float32)
        loudest = power_of([second, second]).max(1)
        self.assertEqual(loudest.shape, (WHOLE,))
        loud = loudest > loudest.max() - 1
        self.assertTrue(loud[[70, 210]].all())
        self.assertFalse(loud[[10, 140, 270, 2000]].any())


class Times(random.Random):
    """Draws so that scripts have times and nothing else happens to them."""

    def random(self):
        return 0.5


if __name__ == '__main__':
    unittest.main()
