"""The encoder's input: one utterance and what was said before it, as a pair of texts. The program does the same."""
import numpy as np
from tokenizers import Tokenizer

from corpus import NAMES

CONTEXT = 4
"""Earlier utterances that are shown."""
UTTERANCE_WORDS = 70
CONTEXT_WORDS = (28, 20, 12, 8)
"""Last words kept of the nearest earlier utterance, of the one before it, and so on."""
TOKENS = 128


def text_pair(example, context=CONTEXT):
    """`interviewer: the utterance` and `candidate: the nearest | interviewer: the one before`, cut to their words."""
    first = f'{example.speaker}: {first_words(example.text, UTTERANCE_WORDS)}'
    earlier = zip(example.context[:context], CONTEXT_WORDS)
    return first, ' | '.join(f'{role}: {last_words(text, words)}' for (role, text), words in earlier)


def first_words(text, count):
    return ' '.join(text.split()[:count])


def last_words(text, count):
    return ' '.join(text.split()[-count:])


def open_tokenizer(file):
    """The tokenizer of the base model, cutting the longer text of a pair at `TOKENS`, without padding."""
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_padding()
    tokenizer.enable_truncation(TOKENS, strategy='longest_first')
    return tokenizer


def tokens(tokenizer, examples):
    """(token ids, segment ids) of each example."""
    return [(x.ids, x.type_ids) for x in tokenizer.encode_batch([text_pair(x) for x in examples])]


def targets(examples):
    """(examples × names) of 0 and 1, and the same shape saying which cells were annotated."""
    wanted = np.array([[name in x.names for name in NAMES] for x in examples], np.float32)
    known = np.ones_like(wanted)
    known[[not x.events_known for x in examples], NAMES.index('consent-given'):] = 0
    return wanted, known
