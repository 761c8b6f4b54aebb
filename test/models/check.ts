/** `npm run models:check`: pulls every pinned Whisper that is not here, proves it, loads it and lets it hear a sample. */
import { hubOf, proxiesOf } from '../../src/models/hub.js';
import { type Model, readManifest } from '../../src/models/manifest.js';
import { pullModel } from '../../src/models/pull.js';
import { loadAndUse } from './load.js';

const manifest = readManifest();
let failed = 0;
for (const model of manifest.models) {
  const { seen, isRight } = await check(model).catch(error => ({ seen: String(error.message), isRight: false }));
  if (!isRight) failed++;
  process.stdout.write(`${model.name.padEnd(14)} ${isRight ? 'ok    ' : 'failed'} ${seen}\n`);
}
process.stdout.write(`${manifest.models.length - failed} of ${manifest.models.length} models load and work.\n`);
process.exitCode = failed > 0 ? 1 : 0;

async function check(model: Model): ReturnType<typeof loadAndUse> {
  if ('hub' in model.location) {
    await pullModel(model, {
      ...{ hub: hubOf(manifest, process.env.OFFRECORD_MIRROR), proxies: proxiesOf(process.env) },
      onProgress: ({ done, total }) => tell(`${model.name} ${Math.floor((100 * done) / total)} %`),
    });
    tell('');
  }
  return loadAndUse(model);
}

function tell(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`);
}
