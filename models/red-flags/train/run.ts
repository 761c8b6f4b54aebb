/** `npm run train -- --talk DIR --out DIR`: starts the training where Python and its packages are, and says what to install where not. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const FOLDER = import.meta.dirname;
const VENV = join(FOLDER, '.venv');
const PYTHONS = [
  process.env.PYTHON,
  join(VENV, 'bin', 'python'),
  join(VENV, 'Scripts', 'python.exe'),
  'python3.11',
  'python3',
];

process.exitCode = train(process.argv.slice(2));

function train(args: string[]): number {
  const python = PYTHONS.find(candidate => candidate !== undefined && hasPackages(candidate));
  if (python) return spawnSync(python, [join(FOLDER, 'train.py'), ...args], { stdio: 'inherit' }).status ?? 1;
  process.stderr.write(
    `Training needs Python 3.11 with the packages of models/red-flags/train/requirements.txt. Install them with:
  python3.11 -m venv models/red-flags/train/.venv
  models/red-flags/train/.venv/bin/pip install -r models/red-flags/train/requirements.txt
Nobody needs this to use offrecord.\n`,
  );
  return 1;
}

function hasPackages(python: string): boolean {
  const { status } = spawnSync(python, [
    '-c',
    'import torch, numpy, onnx, onnxruntime, tokenizers, safetensors, sklearn',
  ]);
  return status === 0;
}
