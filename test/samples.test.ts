import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseSpeakers } from '../src/commands/options.js';
import { createEngine, type Engine } from '../src/engine.js';
import { analyze } from '../src/pipeline.js';
import type { Flag, Label, Report, Utterance } from '../src/types.js';
import { SAMPLES } from './cli.js';

/** What a perfect reader would find in a sample, see `samples/README.md`. */
interface Expected {
  file: string;
  speakers: string | null;
  duration: number | null;
  utterances: { start: number | null; text: string; labels: Label[] }[];
}

/** A flag’s time may differ by this much from the true one. */
const TOLERANCE = 1;

/** The call of `npm run demo`. */
const DEMONSTRATION = 'long-call.json';

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine({ model: 'nano', language: 'en', sensitivity: 'normal' });
});
afterAll(() => engine.dispose());

const readExpected = (name: string): Expected => JSON.parse(readFileSync(join(SAMPLES, 'expected', name), 'utf8'));

function analyzeSample({ file, speakers }: Expected): Promise<Report> {
  const details = { company: null, role: null, date: null };
  return analyze(join(SAMPLES, file), engine, { speakers: parseSpeakers(speakers ?? ''), details });
}

/** One line a flag: the second it was said (or, without times, the first words), and the label. */
function expectedFlags({ utterances }: Expected): { label: Label; start: number | null; text: string }[] {
  return utterances.flatMap(({ labels, start, text }) => labels.map(label => ({ label, start, text })));
}

function matches(found: Flag, line: Utterance | undefined, gold: ReturnType<typeof expectedFlags>[number]): boolean {
  if (found.label !== gold.label) return false;
  if (gold.start === null || found.start === null) return line?.text.startsWith(gold.text.slice(0, 30)) ?? false;
  return Math.abs(found.start - gold.start) < TOLERANCE;
}

/** Without marks and capitals, which nobody says. */
const words = (text: string): string => text.toLowerCase().replace(/[^a-z' ]/g, '');

describe.each(readdirSync(join(SAMPLES, 'expected')))('%s', name => {
  const expected = readExpected(name);
  let report: Report;
  beforeAll(async () => {
    report = await analyzeSample(expected);
  }, 240_000);

  it('names every flag that its text contains, at its time', () => {
    const missed = expectedFlags(expected).filter(
      gold => !report.flags.some(flag => matches(flag, report.utterances[flag.utterance], gold)),
    );
    expect(missed).toEqual([]);
  });

  it('raises no other flag', () => {
    const gold = expectedFlags(expected);
    const extra = report.flags.filter(flag => !gold.some(one => matches(flag, report.utterances[flag.utterance], one)));
    expect(extra.map(({ label, quote }) => ({ label, quote }))).toEqual([]);
  });

  it.runIf(name === DEMONSTRATION)('quotes every flag word for word', () => {
    const said = expected.utterances.filter(({ labels }) => labels.length > 0).map(({ text }) => words(text));
    expect([...new Set(report.flags.map(({ quote }) => words(quote)))]).toEqual(said);
  });

  it('lasts as long as it does', () => {
    if (expected.duration === null) expect(report.call.duration).toBeNull();
    else expect(Math.abs((report.call.duration ?? 0) - expected.duration)).toBeLessThan(TOLERANCE);
  });
});
