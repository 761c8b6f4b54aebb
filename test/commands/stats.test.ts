import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/store.js';
import { Home } from '../cli.js';
import { reportOf } from '../store/reports.js';

let home: Home;
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

const analyzedAt = new Date().toISOString();

/** One call of each of some companies, each in a month of its own. */
function keepCalls(companies: (string | null)[]): void {
  const store = openStore(home.storeDir, join(home.dir, 'config', 'offrecord'));
  for (const [n, company] of companies.entries()) {
    const date = new Date(Date.UTC(2025, n, 1)).toISOString().slice(0, 10);
    store.save(reportOf(`call ${n}`, { company, date, analyzedAt }));
  }
  store.close();
}

describe('stats', () => {
  it('counts flags by label, by company and over time', async () => {
    keepCalls(['Wexcombe', 'wexcombe', null]);
    const { code, stdout } = await home.run('stats');
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual(
      expect.arrayContaining([
        '3 calls with 3 flags: leave 0 · ask 3 · note 0 · clear 0',
        `${'by label'.padEnd(38)}  lines  calls`,
        `${'Asked to record you'.padEnd(38)}      3      3`,
        'by company                  calls  flags  recording  pressure  work  data  leave',
        'wexcombe                        2      2          2         0     0     0      0',
        '(no company)                    1      1          1         0     0     0      0',
        '2025-01                         1      1          1         0     0     0      0',
        '2025-03                         1      1          1         0     0     0      0',
      ]),
    );
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const document = JSON.parse((await home.run('stats', '--json')).stdout);
    expect(document).toMatchObject({
      ...{ schema: 'offrecord.stats/1', total: { calls: 3, flags: 3 } },
      labels: [{ label: 'recording-request', lines: 3, calls: 3 }],
    });
    const { log } = JSON.parse((await home.run('privacy', '--json')).stdout);
    expect(log.at(-1)).toMatchObject({ command: 'stats', event: 'listed', calls: 3 });
  });

  it('shows the beginning of long tables, the whole as JSON, and no name that breaks a line', async () => {
    const names = Array.from({ length: 15 }, (_, n) => `\u001b[31mA company with quite a long name, number ${n}`);
    keepCalls(names);
    const { stdout } = await home.run('stats');
    expect(stdout).toContain('… and 3 more companies (--json has them all)');
    expect(stdout).toContain('… and 3 more earlier months (--json has them all)');
    expect(stdout).toContain('A company with quite a l… ');
    expect(stdout).not.toContain('\u001b');
    expect(JSON.parse((await home.run('stats', '--json')).stdout).companies).toHaveLength(15);
  });

  it('has nothing to count before the first call, and makes no store', async () => {
    expect((await home.run('stats')).stdout).toMatch(/^No calls are kept yet/);
    expect(JSON.parse((await home.run('stats', '--json')).stdout)).toMatchObject({ total: { calls: 0 }, labels: [] });
    expect(existsSync(home.storeDir)).toBe(false);
  });
});

describe('questions', () => {
  it('are the same as text and as JSON, and need no store', async () => {
    const { code, stdout } = await home.run('questions');
    const { schema, topics } = JSON.parse((await home.run('questions', '--json')).stdout);
    expect([code, schema]).toEqual([0, 'offrecord.questions/1']);
    expect(topics.length).toBeGreaterThan(4);
    const text = stdout.replace(/\s+/g, ' ');
    for (const { topic, why, questions } of topics) {
      expect(text).toContain(`${topic} ${why}`);
      for (const question of questions) expect(text).toContain(`· ${question}`);
      for (const question of questions) expect(question).toMatch(/\?$/);
    }
    expect(existsSync(home.storeDir)).toBe(false);
  });
});
