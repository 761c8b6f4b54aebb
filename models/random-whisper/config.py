"""The JSON files of an English-only Whisper: numbers as on the hub, dimensions of the small network."""
from network import HEADS, MELS, SOUND_POSITIONS, TEXT_POSITIONS, VOCABULARY, WIDTH

END, START, PREVIOUS, NO_TIMES, BLANK = 50256, 50257, 50360, 50362, 220
BEGIN_SUPPRESSED = [BLANK, END]
"""No empty text: neither a blank nor the end comes first."""
SUPPRESSED = [
    1, 2, 7, 8, 9, 10, 14, 25, 26, 27, 28, 29, 31, 58, 59, 60, 61, 62, 63, 90, 91, 92, 93, 357, 366, 438, 532, 685,
    705, 796, 930, 1058, 1220, 1267, 1279, 1303, 1343, 1377, 1391, 1635, 1782, 1875, 2162, 2361, 2488, 3467, 4008,
    4211, 4600, 4808, 5299, 5855, 6329, 7203, 9609, 9959, 10563, 10786, 11420, 11709, 11907, 13163, 13697, 13700,
    14808, 15306, 16410, 16791, 17992, 19203, 19510, 20724, 22305, 22935, 27007, 30109, 30420, 33409, 34949, 40283,
    40493, 40549, 47282, 49146, 50257, 50357, 50358, 50359, 50360, 50361,
]
"""Marks that nobody speaks (brackets, notes, dashes) and the special tokens that are no text."""
SHARED = {
    'begin_suppress_tokens': BEGIN_SUPPRESSED, 'bos_token_id': START, 'decoder_start_token_id': START,
    'eos_token_id': END, 'forced_decoder_ids': [[1, NO_TIMES]], 'max_length': TEXT_POSITIONS, 'pad_token_id': END,
    'suppress_tokens': SUPPRESSED,
}


def model_config():
    return SHARED | {
        '_name_or_path': 'whisper-random.en', 'activation_dropout': 0.0, 'activation_function': 'gelu',
        'apply_spec_augment': False, 'architectures': ['WhisperForConditionalGeneration'], 'attention_dropout': 0.0,
        'd_model': WIDTH, 'decoder_attention_heads': HEADS, 'decoder_ffn_dim': 4 * WIDTH, 'decoder_layerdrop': 0.0,
        'decoder_layers': 1, 'dropout': 0.0, 'encoder_attention_heads': HEADS, 'encoder_ffn_dim': 4 * WIDTH,
        'encoder_layerdrop': 0.0, 'encoder_layers': 1, 'init_std': 0.02, 'is_encoder_decoder': True,
        'max_source_positions': SOUND_POSITIONS, 'max_target_positions': TEXT_POSITIONS, 'median_filter_width': 7,
        'model_type': 'whisper', 'num_hidden_layers': 1, 'num_mel_bins': MELS, 'scale_embedding': False,
        'torch_dtype': 'float32', 'use_cache': True, 'vocab_size': VOCABULARY,
    }


def generation_config():
    return SHARED | {
        'alignment_heads': [[0, head] for head in range(HEADS)], 'is_multilingual': False,
        'max_initial_timestamp_index': 50, 'no_timestamps_token_id': NO_TIMES, 'prev_sot_token_id': PREVIOUS,
        'return_timestamps': False,
    }


def preprocessor_config():
    return {
        'chunk_length': 30, 'feature_extractor_type': 'WhisperFeatureExtractor', 'feature_size': MELS,
        'hop_length': 160, 'n_fft': 400, 'n_samples': 480000, 'nb_max_frames': 3000, 'padding_side': 'right',
        'padding_value': 0.0, 'processor_class': 'WhisperProcessor', 'return_attention_mask': False,
        'sampling_rate': 16000,
    }
