"""Writes the training text: what is said in the red-flag corpus, in pieces, and sentences in which all its words, or first names,
are equally frequent.

    texts.py OUT
"""
import json
import random
import re
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[2]
LONGEST, SHORTEST = 15, 3
"""Words of a piece; one in six shorter ones is kept, because calls are full of them."""
KEPT_SHORT = 1 / 6
ONE_GENERATED_IN = 8
AMERICAN = [(re.compile(pattern, re.I), written) for pattern, written in (
    (r'\b((?:dis|un|mis)?(?:colo|neighbo|favo|behavio|labo|hono|humo|rumo|flavo|harbo|endeavo|odo|vapo|armo|savo|rigo))ur', r'\1r'),
    (r'\b((?:re|dis|un)?(?:organ|real|recogn|apolog|summar|special|priorit|final|optim|minim|maxim|author|custom|digit|modern|memor'
     r'|normal|formal|visual|anonym|standard|critic|emphas|util|general|local|central|personal|hospital|jeopard|categor|subsid))'
     r'is(e[ds]?|ing|ers?|ations?)\b', r'\1iz\2'),
    (r'\b(analy|paraly|cataly)s(ed?|ing|er)\b', r'\1z\2'),
    (r'\b((?:kilo|centi|milli)?(?:cent|theat|met|lit|fib))re(s?)\b', r'\1er\2'),
    (r'\b((?:trave|cance|labe|mode|counse|signa|tota|marve|fue))ll(ed|ing|ers?|ors?)\b', r'\1l\2'),
    (r'\b(program)me(s?)\b', r'\1\2'), (r'\b(licen|defen|offen)ce(s?)\b', r'\1se\2'), (r'\b(practi)s(e[ds]?|ing)\b', r'\1c\2'),
    (r'\bcheque(s?)\b', r'check\1'), (r'\b(g)rey\b', r'\1ray'), (r'\b(judg|acknowledg)ement', r'\1ment'),
)]
"""Each word has one spelling, the American one: its sound does not tell which."""
NAMED = ('hello #.', 'hi #, nice to meet you.', '# speaking.', 'my name is #.', 'I am #.', 'I am #, and this is #.', 'thank you, #.',
         '#, are you there?', 'please welcome #.', '# will join us later.', 'you spoke to # last week.', 'my colleagues are # and #.',
         '# and # asked me that too.', 'so, #, tell me about yourself.', 'that was #, not #.', '# or # will call you.',
         'have a nice day, #.', 'ask # about it.')
"""Where first names stand, which the corpus nearly lacks and every call begins with."""
NAMED_SHARE = 1 / 30
LINKS = 'the a of to and in that it is for you with my at this by from or we our be not as on your'.split()


def main(out):
    draw = random.Random(1)
    held_out = set(map(bare, held_out_sentences()))
    said = list(spoken_lines())
    capitals = usual_capitals(said)
    pieces = {}
    for line in said:
        for piece in pieces_of(line, capitals, draw):
            if bare(piece) not in held_out:
                pieces.setdefault(bare(piece), piece)
    pieces = list(pieces.values())
    words = {word.strip(',.?') for piece in pieces for word in piece.split()}
    words = sorted(word for word in words if word in capitals or word[0].islower())
    lines = pieces + [generated(words, draw) for _ in range(len(pieces) // ONE_GENERATED_IN)]
    draw.shuffle(lines)
    lines += named(round(len(lines) * NAMED_SHARE), held_out, draw)
    Path(out).write_text('\n'.join(lines) + '\n', 'utf-8')
    print(f'{len(lines)} sentences, {len(words)} different words')


def spoken_lines():
    """The text of every utterance of the corpus that is written with capitals and marks, as the model shall write."""
    for file in sorted((PROJECT / 'models/red-flags/corpus').glob('*/*.jsonl')):
        for row in map(json.loads, file.read_text('utf-8').splitlines()):
            for text in [row['text']] if 'text' in row else [part['text'] for part in row['utterances']]:
                if text[:1].isupper() and text[-1:] in '.?!':
                    yield text


def held_out_sentences():
    """What the model is measured on: the lists beside this file and the sample calls."""
    for file in sorted((HERE / 'sentences').glob('*.txt')):
        yield from file.read_text('utf-8').splitlines()
    for file in sorted((PROJECT / 'samples/expected').glob('*.json')):
        for part in json.loads(file.read_text('utf-8'))['utterances']:
            yield from [part['text'], *sentences_of(part['text'])]


def sentences_of(line):
    return re.split(r'(?<=[.?!])\s+', line)


def pieces_of(line, capitals, draw):
    """Sentences of at most LONGEST words, longer ones cut at their commas; what flite would read otherwise is left out."""
    line = re.sub(r'\s+', ' ', line.replace('’', "'").replace('!', '.').replace(' - ', ', ').replace('—', ', '))
    for sentence in sentences_of(line):
        for part in cut(sentence):
            words = part.split()
            plain = re.fullmatch(r"[A-Za-z][a-z']*(,? [A-Za-z]+('[a-z]+)?)*[.?]", part)
            if not plain or len(words) > LONGEST or re.search(r'[A-Z]{2}', part):
                continue
            if len(words) < SHORTEST and draw.random() > KEPT_SHORT:
                continue
            yield american(cased(part, capitals))


def cut(sentence):
    """The sentence, or its parts between commas put together as long as LONGEST allows."""
    parts = ['']
    for piece in re.findall(r'[^,]+,?', sentence):
        if parts[-1] and len((parts[-1] + piece).split()) > LONGEST:
            parts.append('')
        parts[-1] += piece
    ended = [part.strip().rstrip(',') for part in parts]
    return [part if part[-1:] in '.?' else f'{part}.' for part in ended if part]


def usual_capitals(lines):
    """Words that stand with a capital more often than not inside sentences: names, and `I`."""
    seen = Counter(word.strip(',.?!') for line in lines for sentence in sentences_of(line) for word in sentence.split()[1:])
    return {word for word, count in seen.items() if word[:1].isupper() and count > seen[word.lower()]}


def cased(piece, capitals):
    words = piece.split()
    words = [word if word.strip(',.?') in capitals else word.lower() for word in words]
    return ' '.join([words[0][0].upper() + words[0][1:], *words[1:]])


def american(text):
    for pattern, written in AMERICAN:
        text = pattern.sub(written, text)
    return text


def generated(words, draw):
    """Words drawn equally often, so that rare ones are learned by their sound, with small words between them."""
    chosen = []
    for _ in range(draw.randint(2, 6)):
        chosen += [draw.choice(LINKS)] * (draw.random() < 0.5) + [draw.choice(words)]
    text = ' '.join(chosen)
    return text[0].upper() + text[1:] + draw.choice('...?')


def named(count, held_out, draw):
    """Sentences with first names, each about equally often."""
    names = (HERE / 'names.txt').read_text('utf-8').split()
    lines = []
    while len(lines) < count:
        line = re.sub('#', lambda _: draw.choice(names), draw.choice(NAMED))
        if bare(line) not in held_out:
            lines.append(line[0].upper() + line[1:])
    return lines


def bare(text):
    return re.sub(r"[^a-z' ]", '', text.lower()).strip()


if __name__ == '__main__':
    main(*sys.argv[1:])
