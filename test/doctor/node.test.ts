import { expect, test } from 'vitest';
import { judgeNode } from '../../src/doctor/node.js';

test.each([
  ['18.20.0', 'failed'],
  ['20.18.3', 'failed'],
  ['20.19.0', 'ok'],
  ['22.11.0', 'ok'],
  ['23.1.0', 'warning'],
  ['24.18.1', 'ok'],
  ['24.19.0', 'warning'],
  ['24.21.0', 'warning'],
  ['26.0.0', 'warning'],
])('Node %s: %s', (version, state) => {
  const check = judgeNode(version);
  expect(check.state).toBe(state);
  expect(check.mend === null).toBe(state === 'ok');
});
