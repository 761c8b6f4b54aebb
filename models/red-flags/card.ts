/**
 * `npm run evaluate`: measures the classifier on the test authors and writes the figures into the model card and the README.
 * With `--check` it writes nothing and fails where they differ from the program by more than the rounding of other processors explains.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Classifier, OUTPUTS } from '../../src/classify/classifier.js';
import type { Evaluation } from '../../src/classify/evaluate.js';
import { EARLIER_LINES } from '../../src/classify/input.js';
import type { GoldLine, Measured } from '../../src/classify/measure.js';
import { evaluateGold } from '../../src/commands/evaluate.js';
import { readGold } from '../../src/commands/gold.js';
import { createEngine } from '../../src/engine.js';
import { renderEvaluation } from '../../src/report/evaluation.js';
import { LABEL_NAMES } from '../../src/taxonomy.js';

const CARD = join(import.meta.dirname, 'README.md');
const README = join(import.meta.dirname, '..', '..', 'README.md');
const CORPUS = join(import.meta.dirname, 'corpus');
/** Of each kind, misses and false alarms. */
const EXAMPLES = 5;
/** int8 sums round differently on processors with other instructions. */
const MOST_APART = { rate: 0.03, count: 3, share: 0.1 };

const { signal } = new AbortController();
const splits: Record<'dev' | 'test', string[]> = JSON.parse(readFileSync(join(CORPUS, 'splits.json'), 'utf8'));
const filesOf = (part: 'dev' | 'test'): string[] =>
  splits[part].map(author => join(CORPUS, 'calls', `${author}.jsonl`));

const evaluation = await evaluateGold(filesOf('test'), { sensitivity: 'normal' }, signal);
const [figures, summary] = [renderEvaluation(evaluation), summaryOf(evaluation)];
const [card, readme] = [readFileSync(CARD, 'utf8'), readFileSync(README, 'utf8')];
if (process.argv.includes('--check')) {
  const differences = [
    ...compare(blockOf(card, 'figures'), figures),
    ...compare(blockOf(readme, 'figures of the classifier'), summary),
  ];
  process.stdout.write(`${differences.join('\n') || 'The model card and the README say what the program does.'}\n`);
  process.exitCode = differences.length > 0 ? 1 : 0;
} else {
  writeFileSync(CARD, replaceBlock(replaceBlock(card, 'figures', figures), 'errors', await surestErrors()));
  writeFileSync(README, replaceBlock(readme, 'figures of the classifier', summary));
  process.stdout.write(`${figures}\n`);
}

function summaryOf({ calls, conditions }: Evaluation): string {
  const [known, guessed, unknown, tenth] = conditions;
  const rows = [known, guessed, unknown, tenth].flatMap(one => (one ? [summaryRow(one)] : []));
  return [`${calls} calls               flags F1  events F1  clean calls flagged`, ...rows].join('\n');
}

function summaryRow({ condition, macro, cleanCalls }: Measured): string {
  const clean = `${cleanCalls.flagged} of ${cleanCalls.calls}`;
  return `${condition.padEnd(21)} ${macro.labelsF1.toFixed(3).padStart(10)} ${macro.eventsF1.toFixed(3).padStart(10)} ${clean.padStart(20)}`;
}

function blockOf(text: string, name: string): string {
  const found = blockPattern(name).exec(text)?.[1];
  if (found === undefined) throw new Error(`There is no block “${name}”.`);
  return found.trimEnd();
}

function replaceBlock(text: string, name: string, content: string): string {
  blockOf(text, name);
  return text.replace(blockPattern(name), () => `<!-- ${name} -->\n\`\`\`\n${content}\n\`\`\``);
}

function blockPattern(name: string): RegExp {
  return new RegExp(`<!-- ${name} -->\n\`\`\`\n([^]*?)\`\`\``);
}

/** The lines whose words differ, or whose numbers differ by more than they may. Lists of confusions may change in order. */
function compare(before: string, now: string): string[] {
  const tables = (text: string): string[] => text.split('\nmissed label')[0]?.split('\n') ?? [];
  const [old, fresh] = [tables(before), tables(now)];
  const lines = Array.from(
    { length: Math.max(old.length, fresh.length) },
    (_, i) => [old[i] ?? '', fresh[i] ?? ''] as const,
  );
  return lines.filter(([a, b]) => !alike(a, b)).map(([a, b]) => `card:    ${a}\nprogram: ${b}`);
}

function alike(a: string, b: string): boolean {
  const [words, others] = [a.trim().split(/\s+/), b.trim().split(/\s+/)];
  return words.length === others.length && words.every((word, i) => near(word, others[i] ?? ''));
}

function near(a: string, b: string): boolean {
  const [x, y] = [Number(a.replace(/,$/, '')), Number(b.replace(/,$/, ''))];
  if (Number.isNaN(x) || Number.isNaN(y)) return a === b;
  const most = a.includes('.') && x <= 1 ? MOST_APART.rate : Math.max(MOST_APART.count, MOST_APART.share * x);
  return Math.abs(x - y) <= most;
}

/** On dev, whose lines may be read: what the program was surest of and wrong. */
async function surestErrors(): Promise<string> {
  const engine = await createEngine({ language: 'en', sensitivity: 'normal' });
  const classifier = await engine.classifier();
  const errors: { surprise: number; miss: boolean; lines: string[] }[] = [];
  for (const { id, lines } of readGold(filesOf('dev'))) {
    for (const [i, line] of lines.entries()) {
      if (line.speaker === 'candidate') continue;
      const earlier = lines.slice(Math.max(0, i - EARLIER_LINES), i);
      errors.push(...(await errorsOf(classifier, line, earlier, `${id}, line ${i + 1}`)));
    }
  }
  await engine.dispose();
  const surest = errors.toSorted((a, b) => b.surprise - a.surprise);
  return [
    ...surest.filter(({ miss }) => miss).slice(0, EXAMPLES),
    ...surest.filter(({ miss }) => !miss).slice(0, EXAMPLES),
  ]
    .flatMap(({ lines }) => lines)
    .join('\n');
}

async function errorsOf(classifier: Classifier, line: GoldLine, earlier: GoldLine[], place: string) {
  const { logOdds } = await classifier.judge(line, earlier);
  return LABEL_NAMES.flatMap(label => {
    const i = OUTPUTS.indexOf(label);
    const surprise = (logOdds[i] ?? 0) - (classifier.cuts.normal[i] ?? 0);
    const miss = line.labels.includes(label);
    if (miss === surprise > 0) return [];
    const what = `${miss ? 'missed' : 'false alarm'}: ${label} (${place})`;
    const before = earlier.slice(-1).map(({ speaker, text }) => `    ${speaker}: ${text}`);
    return [{ surprise: Math.abs(surprise), miss, lines: [what, ...before, `  > ${line.speaker}: ${line.text}`] }];
  });
}
