import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchesHost } from '../../src/privacy/hosts.js';
import { CLI } from '../cli.js';
import { hasLoopback } from '../loopback.js';

const GUARD = fileURLToPath(new URL('../../dist/privacy/network-guard.js', import.meta.url));
let server: Server | undefined;
let port = 49152;
let visits = 0;
beforeAll(async () => {
  if (!hasLoopback) return;
  server = createServer((_, response) => {
    visits += 1;
    response.end('hello');
  });
  await new Promise<void>(resolve => server?.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server?.close());

/** Runs a script in a process of its own, under the guard or without it; prints what it came to. */
function attempt(script: string, guarded: boolean, allow: string[] = []): Promise<string> {
  const lines = [
    guarded ? `const guard = await import(${JSON.stringify(GUARD)}); guard.allowHosts(${JSON.stringify(allow)});` : '',
    `const port = ${port};`,
    `try { console.log('reached', ${script}); } catch (error) { console.log('refused', error.cause?.message ?? error.message); }`,
    'process.exit(0);',
  ];
  const child = spawn(process.execPath, ['--input-type=module', '-e', lines.join('\n')]);
  let out = '';
  child.stdout.setEncoding('utf8').on('data', text => (out += text));
  return new Promise(resolve => child.on('close', () => resolve(out)));
}

const WAYS: [string, string][] = [
  ['fetch', "await (await fetch('http://127.0.0.1:' + port)).text()"],
  [
    'http',
    "await new Promise((resolve, reject) => { import('node:http').then(http => http.get({ host: '127.0.0.1', port }, resolve).on('error', reject)).catch(reject); }) && 1",
  ],
  [
    'a socket',
    "await new Promise((resolve, reject) => { import('node:net').then(net => net.connect(port, '127.0.0.1', resolve).on('error', reject)).catch(reject); })",
  ],
  ['a look-up of a name', "(await (await import('node:dns/promises')).lookup('localhost')).address"],
  ['a datagram', "(await import('node:dgram')).createSocket('udp4') && 1"],
];

describe('the network guard', () => {
  it.each(WAYS)('refuses %s', async (_, script) => {
    const before = visits;
    expect(await attempt(script, true)).toMatch(/^refused Refused .*this program keeps everything on this computer/);
    expect(visits).toBe(before);
  });

  it.runIf(hasLoopback).each(WAYS)('is what refuses %s: without it, it works', async (_, script) => {
    expect(await attempt(script, false)).toMatch(/^reached/);
  });

  it.runIf(hasLoopback)('lets through the hosts that it is told, and no others', async () => {
    const [, script] = WAYS[0] as [string, string];
    expect(await attempt(script, true, ['127.0.0.1'])).toBe('reached hello\n');
    expect(await attempt(script, true, ['huggingface.co'])).toMatch(/^refused/);
  });
});

describe('the program', () => {
  it('is under the guard from its first line on', async () => {
    const cli = JSON.stringify(CLI);
    const script = `
      process.argv = [process.execPath, ${cli}, '--version'];
      await import(${cli});
      try { await fetch('http://127.0.0.1:49152'); } catch (error) { console.log('refused', error.cause?.message); }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    let out = '';
    child.stdout.setEncoding('utf8').on('data', text => (out += text));
    await new Promise(resolve => child.on('close', resolve));
    expect(out).toMatch(/refused Refused a connection to 127\.0\.0\.1/);
  });
});

describe('matchesHost', () => {
  it.each([
    ['huggingface.co', true],
    ['cdn.hf.co', true],
    ['hf.co.evil.org', false],
    ['evilhf.co', false],
    ['xhuggingface.co', false],
  ])('%s: %s', (host, allowed) => {
    expect(matchesHost(host, ['huggingface.co', '*.hf.co'])).toBe(allowed);
  });
});
