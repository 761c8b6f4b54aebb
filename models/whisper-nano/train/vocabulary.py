"""The tokens of the shipped model and their ids."""
from pathlib import Path

from tokenizers import Tokenizer

MODEL = Path(__file__).resolve().parent.parent
TOKENIZER = Tokenizer.from_file(str(MODEL / 'tokenizer.json'))
SIZE = TOKENIZER.get_vocab_size()


def number(name):
    return TOKENIZER.token_to_id(f'<|{name}|>')


END, START, ENGLISH, TRANSCRIBE = map(number, ('endoftext', 'startoftranscript', 'en', 'transcribe'))
WITHOUT_TIMES = number('notimestamps')
FIRST_TIME = number('0.00')
LAST_TIME = number('30.00')
TIMES_PER_SECOND = 50
TEXT = [token for word, token in TOKENIZER.get_vocab().items() if not word.startswith('<|')]
MARKS = {TOKENIZER.token_to_id(mark) for mark in ',.?'}


def time_token(seconds, offset=0):
    """`offset` in encoder frames of 20 ms."""
    return min(LAST_TIME, max(FIRST_TIME, FIRST_TIME + round(seconds * TIMES_PER_SECOND) + offset))


def encode(text):
    """Token ids of a text as they stand inside a transcript, and the characters of the text that each covers."""
    found = TOKENIZER.encode(f' {text}', add_special_tokens=False)
    spans = [range(max(0, start - 1), end - 1) for start, end in found.offsets]
    return found.ids, spans


def decode(tokens):
    return TOKENIZER.decode([token for token in tokens if token < FIRST_TIME])
