import { describe, expect, it } from 'vitest';
import { chooseWhisper } from '../../src/models/choose.js';
import { type Model, readManifest, weightsOf } from '../../src/models/manifest.js';
import { speedOf } from '../../src/models/speeds.js';

const models = readManifest().models;
const named = (name: string): Model => models.find(model => model.name === name) as Model;
const measured = (speeds: Record<string, number>): Map<string, number> =>
  new Map(Object.entries(speeds).map(([name, rtf]) => [weightsOf(named(name)), rtf]));

describe('chooseWhisper', () => {
  it.each<[what: string, installed: string[], speeds: Record<string, number>, chosen: string | undefined]>([
    ['nothing', [], {}, undefined],
    ['only what ships', ['nano'], {}, 'nano'],
    ['a real one before what ships, however slow', ['nano', 'base.en'], { nano: 0.01, 'base.en': 3 }, 'base.en'],
    ['the most exact one while none is measured', ['tiny.en', 'small.en', 'base.en'], {}, 'small.en'],
    [
      'the most exact one that keeps up',
      ['tiny.en', 'base.en', 'small.en'],
      { 'small.en': 1.2, 'base.en': 0.6 },
      'base.en',
    ],
    ['a measured one that is just quick enough', ['tiny.en', 'base.en'], { 'base.en': 0.99 }, 'base.en'],
    ['one not measured behind one that is too slow', ['tiny.en', 'base.en'], { 'base.en': 1 }, 'tiny.en'],
    ['the quickest where none keeps up', ['tiny.en', 'base.en'], { 'base.en': 4, 'tiny.en': 2 }, 'tiny.en'],
  ])('takes %s', (_, installed, speeds, chosen) => {
    expect(chooseWhisper(installed.map(named), measured(speeds))?.name).toBe(chosen);
  });

  it('never takes one that was added without a pin', () => {
    const own = { ...named('small.en'), name: 'own', location: { added: 'own' } };
    expect(chooseWhisper([own, named('tiny.en')], new Map())?.name).toBe('tiny.en');
  });
});

describe('speedOf', () => {
  it('is the measured one, else what the manifest’s class lets expect: slower for larger models', () => {
    expect(speedOf(named('base.en'), measured({ 'base.en': 0.07 }))).toEqual({ rtf: 0.07, measured: true });
    const expected = ['tiny.en', 'base.en', 'small.en'].map(name => speedOf(named(name), new Map()));
    expect(expected.every(({ measured, rtf }) => !measured && rtf < 1)).toBe(true);
    expect(expected.map(({ rtf }) => rtf)).toEqual(expected.map(({ rtf }) => rtf).toSorted((a, b) => a - b));
  });
});
