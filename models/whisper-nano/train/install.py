"""Puts an export into the program: copies its files and writes their sizes and hashes to the manifest.

    install.py EXPORT REVISION

REVISION is the day of the training, as 2026-11-25, or 2026-11-25.2 for the second one of that day.
"""
import hashlib
import json
import shutil
import sys
from pathlib import Path

MODEL = Path(__file__).resolve().parent.parent
MANIFEST = MODEL.parent / 'manifest.json'


def main(export, revision):
    export, manifest = Path(export), json.loads(MANIFEST.read_text('utf-8'))
    nano = next(model for model in manifest['models'] if model['name'] == 'nano')
    missing = [file['path'] for file in nano['files'] if not (export / file['path']).exists()]
    if missing:
        raise SystemExit(f'{export} lacks {missing[0]}: is it an export of export.py?')
    for file in nano['files']:
        source = export / file['path']
        shutil.copyfile(source, MODEL / file['path'])
        data = source.read_bytes()
        file |= {'bytes': len(data), 'sha256': hashlib.sha256(data).hexdigest()}
    nano['revision'] = revision
    MANIFEST.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + '\n', 'utf-8')
    print(f'nano of {revision}: {sum(file["bytes"] for file in nano["files"]) / 1e6:.1f} MB')


if __name__ == '__main__':
    main(*sys.argv[1:])
