"""The tokens of an English-only Whisper: its special tokens are the true ones, its words are invented syllables."""
from itertools import islice, product

WORDS, FIRST_TIME, TIMES = 50256, 50363, 1501
END, START, NO_TIMES = '<|endoftext|>', '<|startoftranscript|>', '<|notimestamps|>'
LANGUAGES = ('en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt '
             'la mi ml cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc '
             'ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su').split()
SYLLABLES = list(product('bdfgklmnprstvz', 'aeiou'))
SPACE = 'Ġ'


def tokenizer():
    """The content of `tokenizer.json`."""
    ids = all_ids()
    merges = list(pairs())
    return {
        'version': '1.0', 'truncation': None, 'padding': None, 'added_tokens': added_tokens(ids), 'normalizer': None,
        'pre_tokenizer': {'type': 'ByteLevel', 'add_prefix_space': False, 'trim_offsets': True, 'use_regex': True},
        'post_processor': post_processor(ids),
        'decoder': {'type': 'ByteLevel', 'add_prefix_space': True, 'trim_offsets': True, 'use_regex': True},
        'model': {
            'type': 'BPE', 'dropout': None, 'unk_token': None, 'continuing_subword_prefix': '',
            'end_of_word_suffix': '', 'fuse_unk': False, 'byte_fallback': False, 'ignore_merges': False,
            'vocab': {token: number for token, number in ids.items() if number <= WORDS},
            'merges': [f'{left} {right}' for left, right in merges],
        },
    }


def tokenizer_config():
    return {
        'add_prefix_space': False, 'additional_special_tokens': special_tokens()[1:], 'bos_token': END,
        'clean_up_tokenization_spaces': True, 'eos_token': END, 'errors': 'replace', 'model_max_length': 1024,
        'pad_token': END, 'processor_class': 'WhisperProcessor', 'tokenizer_class': 'WhisperTokenizer',
        'unk_token': END,
    }


def all_ids():
    """Token → id: 256 bytes, 50,000 joined pairs, the special tokens, 0.00 to 30.00 seconds."""
    times = [f'<|{step * 0.02:.2f}|>' for step in range(TIMES)]
    tokens = [*bytes_in_order(), *(left + right for left, right in pairs()), *special_tokens(), *times]
    return {token: number for number, token in enumerate(tokens)}


def bytes_in_order():
    """A printable character for each byte: those that are printable come first and stand for themselves."""
    plain = [*range(ord('!'), ord('~') + 1), *range(ord('¡'), ord('¬') + 1), *range(ord('®'), ord('ÿ') + 1)]
    return [chr(byte) for byte in plain] + [chr(256 + place) for place in range(256 - len(plain))]


def pairs():
    """The 50,000 joins in the order in which they are learned; each joins tokens that stand before it."""
    return islice(every_pair(), WORDS - 256)


def every_pair():
    syllables = [''.join(letters) for letters in SYLLABLES]
    yield from SYLLABLES
    yield from ((SPACE, syllable) for syllable in syllables)
    yield from ((SPACE + first, second) for first, second in product(syllables, repeat=2))
    yield from ((SPACE + first + second, third) for first, second, third in product(syllables, repeat=3))


def special_tokens():
    return [END, START, *(f'<|{code}|>' for code in LANGUAGES), '<|translate|>', '<|transcribe|>', '<|startoflm|>',
            '<|startofprev|>', '<|nocaptions|>', NO_TIMES]


def added_tokens(ids):
    plain = {'single_word': False, 'lstrip': False, 'rstrip': False, 'normalized': False}
    return [{'id': number, 'content': token, **plain, 'special': number < FIRST_TIME}
            for token, number in ids.items() if number >= WORDS]


def post_processor(ids):
    """What stands around an encoded text: no language and no task, as the model knows only one of each."""
    before, after = [special(START), special(NO_TIMES)], [special(END)]
    first, second = ({'Sequence': {'id': name, 'type_id': 0}} for name in 'AB')
    used = {token: {'id': token, 'ids': [ids[token]], 'tokens': [token]} for token in (END, NO_TIMES, START)}
    return {'type': 'TemplateProcessing', 'single': [*before, first, *after],
            'pair': [*before, first, second, *after], 'special_tokens': used}


def special(token):
    return {'SpecialToken': {'id': token, 'type_id': 0}}
