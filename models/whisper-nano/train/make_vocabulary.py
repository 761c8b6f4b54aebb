"""Makes the tokenizer: 4,096 text tokens, so that nearly every common word is one, then Whisper's special tokens and times.

    make_vocabulary.py TEXTS

Writes `tokenizer.json` and `tokenizer_config.json` beside the model. Weights fit only the tokenizer they were trained with.
"""
import json
import sys
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors, trainers

MODEL = Path(__file__).resolve().parent.parent
TEXT_TOKENS = 4096
SPECIAL = [f'<|{name}|>' for name in ('endoftext', 'startoftranscript', 'en', 'translate', 'transcribe', 'startoflm',
                                      'startofprev', 'nospeech', 'notimestamps')]
TIMES = [f'<|{number / 50:.2f}|>' for number in range(1501)]
PROMPT = [SPECIAL[1], SPECIAL[2], SPECIAL[4], SPECIAL[8]]
ADDED_KEYS = ('content', 'lstrip', 'normalized', 'rstrip', 'single_word', 'special')


def main(texts):
    made = json.loads(trained(Path(texts).read_text('utf-8').splitlines()).to_str())
    made['model']['merges'] = [pair if isinstance(pair, str) else ' '.join(pair) for pair in made['model']['merges']]
    write('tokenizer.json', made)
    end = SPECIAL[0]
    write('tokenizer_config.json', {
        'add_prefix_space': False,
        'added_tokens_decoder': {str(token['id']): {key: token[key] for key in ADDED_KEYS} for token in made['added_tokens']},
        'additional_special_tokens': SPECIAL, 'bos_token': end, 'eos_token': end, 'unk_token': end, 'pad_token': end,
        'clean_up_tokenization_spaces': False, 'errors': 'replace', 'model_max_length': 448,
        'processor_class': 'WhisperProcessor', 'return_attention_mask': False, 'tokenizer_class': 'WhisperTokenizer',
    })
    print(f'{len(made["model"]["vocab"])} text tokens, {len(made["added_tokens"])} others')


def trained(lines):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=TEXT_TOKENS, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
                                  show_progress=False, min_frequency=5)
    tokenizer.train_from_iterator((f' {line}' for line in lines), trainer)
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in SPECIAL])
    tokenizer.add_tokens([AddedToken(token, special=False, normalized=False) for token in TIMES])
    ids = [(token, tokenizer.token_to_id(token)) for token in (*PROMPT, SPECIAL[0])]
    before = ' '.join(PROMPT)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f'{before} $A {SPECIAL[0]}', pair=f'{before} $A $B {SPECIAL[0]}', special_tokens=ids)
    return tokenizer


def write(name, content):
    (MODEL / name).write_text(json.dumps(content, ensure_ascii=False, indent=1 if 'config' in name else None), 'utf-8')


if __name__ == '__main__':
    main(*sys.argv[1:])
