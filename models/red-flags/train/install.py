"""Puts a trained model into the program: copies its files and writes their sizes and hashes to the manifest.

`python install.py RUN`, where RUN is the `--out` of the training.
"""
import argparse
import hashlib
import json
import shutil
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent
MANIFEST = TARGET.parent / 'manifest.json'
FILES = ('encoder/config.json', 'encoder/tokenizer.json', 'encoder/tokenizer_config.json',
         'encoder/onnx/model_quantized.onnx', 'linear.bin', 'roles.bin', 'calibration.json')


def main():
    parser = argparse.ArgumentParser(description='Puts a trained model into the program.')
    parser.add_argument('run', type=Path, help='the --out of the training')
    run = parser.parse_args().run
    missing = [name for name in FILES if not (run / name).exists()]
    if missing:
        raise SystemExit(f'{run} lacks {missing[0]}: is the training done?')
    for name in FILES:
        shutil.copyfile(run / name, TARGET / name)
    manifest = json.loads(MANIFEST.read_text('utf-8'))
    model = next(model for model in manifest['models'] if model['name'] == 'red-flags')
    fresh = [entry_of(name) for name in FILES]
    if fresh != model['files']:
        model['revision'], model['files'] = str(int(model['revision']) + 1), fresh
    MANIFEST.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + '\n', 'utf-8')
    print(f'red-flags, revision {model["revision"]}: {sum(file["bytes"] for file in fresh) / 1e6:.1f} MB')


def entry_of(name):
    data = (TARGET / name).read_bytes()
    return {'path': name, 'bytes': len(data), 'sha256': hashlib.sha256(data).hexdigest()}


if __name__ == '__main__':
    main()
