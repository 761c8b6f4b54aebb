import { expect, it } from 'vitest';
import { readManifest } from '../../src/models/manifest.js';
import { isInstalled } from '../../src/models/verify.js';
import { SESSION_OPTIONS } from '../../src/session-options.js';
import { loadAndUse } from './load.js';

const { models } = readManifest();
const here = await Promise.all(models.map(isInstalled));

it.each(models.filter((_, i) => here[i]).map(model => [model.name, model] as const))(
  '%s, which is on this computer, loads with the pinned runtime and does its work',
  async (_, model) => {
    expect(await loadAndUse(model)).toMatchObject({ isRight: true });
  },
);

it('the hub’s q8 decoders get the option that keeps their output head from being dequantised for every token', () => {
  expect(SESSION_OPTIONS.whisper(4)).toMatchObject({
    ...{ intraOpNumThreads: 4, interOpNumThreads: 1 },
    extra: { session: { disable_quant_qdq: '1' } },
  });
});
