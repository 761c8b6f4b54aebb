import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchesHost } from '../../src/privacy/hosts.js';
import { CLI } from '../cli.js';
import { hasLoopback } from '../loopback.js';
import { attempt, GUARD, runNode } from './attempt.js';

let server: Server | undefined;
let port = 49152;
let visits = 0;
beforeAll(async () => {
  if (!hasLoopback) return;
  server = createServer((_, response) => response.end('hello'));
  server.on('connection', () => {
    visits += 1;
  });
  await new Promise<void>(resolve => server?.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server?.close());

const [FETCH, ...OTHERS]: [[string, string], ...[string, string][]] = [
  ['fetch', "await (await fetch('http://127.0.0.1:' + port)).text()"],
  ['http', "await outcome((await import('node:http')).get({ host, port }), 'response')"],
  ['https', "await outcome((await import('node:https')).get({ host, port }), 'socket')"],
  ['http2', "await outcome((await import('node:http2')).connect('http://127.0.0.1:' + port), 'connect')"],
  ['tls', "await outcome((await import('node:tls')).connect({ host, port }), 'connect')"],
  ['a socket', "await outcome((await import('node:net')).connect(port, host), 'connect')"],
  ['a server', "await outcome((await import('node:net')).createServer().listen(0, host), 'listening')"],
  [
    'a socket of this computer',
    "await outcome((await import('node:net')).createServer().listen('/tmp/guard-' + process.pid), 'listening')",
  ],
  ['a datagram', "(await import('node:dgram')).createSocket('udp4') && 1"],
  ['a datagram by hand', "await outcome(new (await import('node:dgram')).Socket('udp4').bind(0, host), 'listening')"],
  ['a look-up of a name', "(await (await import('node:dns/promises')).lookup('localhost')).address"],
  [
    'a look-up with a callback',
    "await new Promise((done, fail) => import('node:dns').then(dns => dns.lookup('localhost', done)).catch(fail)) ?? 1",
  ],
  ['the debugger', "(await import('node:inspector')).open(0, host) ?? 1"],
  ['the debugger with promises', "(await import('node:inspector/promises')).open(0, host) ?? 1"],
  ['a program', "await outcome((await import('node:child_process')).spawn(process.execPath, ['--version']), 'exit')"],
  ['a shell', "await outcome((await import('node:child_process')).exec('exit'), 'exit')"],
  [
    'a fork',
    "await outcome((await import('node:child_process')).fork('-', { execArgv: ['--version'], silent: true }), 'exit')",
  ],
  [
    'a program that is waited for',
    "String((await import('node:child_process')).execFileSync(process.execPath, ['--version']))",
  ],
  ['a handle below node:net', "new (process.binding('tcp_wrap').TCP)(0).bind(host, 0) ?? 1"],
  ['a handle below node:dgram', "new (process.binding('udp_wrap').UDP)().bind(host, 0, 0) ?? 1"],
];
const WAYS = [FETCH, ...OTHERS];

/** Without a network these fail by themselves, so they are tried under the guard only. */
const OUTWARD: [string, string][] = [
  ['a question to a name server', "await (await import('node:dns/promises')).resolve4('example.org')"],
  ['a resolver of one’s own', "await new (await import('node:dns/promises')).Resolver().resolve4('example.org')"],
  [
    'a resolver with callbacks',
    "await new Promise((done, fail) => import('node:dns').then(dns => new dns.Resolver().reverse('127.0.0.1', done)).catch(fail))",
  ],
  ['a handle below node:dns', "process.binding('cares_wrap').getaddrinfo({}, 'example.org', 0, 0, 0)"],
];

const REFUSED = /^refused Refused .*this program keeps everything on this computer/;

describe('the network guard', () => {
  it.each([...WAYS, ...OUTWARD])('refuses %s', async (_, script) => {
    const before = visits;
    expect(await attempt(script, { allow: [], port })).toMatch(REFUSED);
    expect(visits).toBe(before);
  });

  it.runIf(hasLoopback).each(WAYS)('is what refuses %s: without it, it works', async (_, script) => {
    expect(await attempt(script, { allow: null, port })).toMatch(/^reached/);
  });

  it.runIf(hasLoopback)('lets through the hosts that it is told, and no others', async () => {
    const [, script] = FETCH;
    expect(await attempt(script, { allow: ['127.0.0.1'], port })).toBe('reached hello\n');
    expect(await attempt(script, { allow: ['huggingface.co'], port })).toMatch(REFUSED);
  });

  it('refuses WebSocket, whose reason Node does not tell', async () => {
    const script = `
      const net = await import('node:net');
      await import(${JSON.stringify(GUARD)});
      const tried = new Promise(resolve => {
        const { connect } = net.default.Socket.prototype;
        net.default.Socket.prototype.connect = function (...args) {
          try { return connect.apply(this, args); } catch (error) { resolve(error.message); throw error; }
        };
      });
      new WebSocket('ws://127.0.0.1:${port}').onerror = () => {};
      console.log(await tried);
      process.exit(0);`;
    const before = visits;
    const { out } = await runNode(['--experimental-websocket', '--input-type=module', '-e', script]);
    expect(out).toMatch(/^Refused a connection to 127\.0\.0\.1/);
    expect(visits).toBe(before);
  });
});

describe('a thread', () => {
  const inThread = (options: string): string => `await new Promise((resolve, reject) => {
    import('node:worker_threads').then(({ Worker }) => {
      const code = "fetch('http://127.0.0.1:${port}').then(() => 'reached', e => e.cause.message).then(async x => (await import('node:worker_threads')).parentPort.postMessage(x))";
      new Worker(code, { eval: true, ${options} }).on('message', resolve).on('error', reject);
    });
  })`;

  it.each([
    ['with no word about it in its own code', ''],
    ['with options of its own', 'execArgv: ["--no-warnings"], env: {}'],
  ])('is under the guard, %s', async (_, options) => {
    expect(await attempt(inThread(options), { allow: [], port })).toMatch(/^reached Refused a connection/);
  });

  it('stays under it while `models pull` may reach a host', async () => {
    expect(await attempt(inThread(''), { allow: ['127.0.0.1'], port })).toMatch(/^reached Refused a connection/);
  });

  it.runIf(hasLoopback)('without the guard gets through', async () => {
    expect(await attempt(inThread(''), { allow: null, port })).toBe('reached reached\n');
  });
});

describe.skipIf(process.platform === 'win32')('the debugger', () => {
  const script = (guard: string): string => `
    ${guard}
    process.kill(process.pid, 'SIGUSR1');
    setTimeout(() => process.exit(0), 500);`;

  it('is not opened by a signal', async () => {
    const { err, code } = await runNode([
      '--input-type=module',
      '-e',
      script(`await import(${JSON.stringify(GUARD)});`),
    ]);
    expect({ err, code }).toEqual({ err: '', code: 0 });
  });

  it.runIf(hasLoopback)('is opened by one without the guard', async () => {
    expect((await runNode(['--input-type=module', '-e', script('')])).err).toMatch(/Debugger listening/);
  });

  it.runIf(hasLoopback)('is closed when the program was started with it', async () => {
    const look = `await import(${JSON.stringify(GUARD)}); console.log((await import('node:inspector')).url());`;
    expect((await runNode(['--inspect=127.0.0.1:0', '--input-type=module', '-e', look])).out).toBe('undefined\n');
  });
});

describe('the program', () => {
  it('is under the guard from its first line on', async () => {
    const cli = JSON.stringify(CLI);
    const script = `
      process.argv = [process.execPath, ${cli}, '--version'];
      await import(${cli});
      try { await fetch('http://127.0.0.1:49152'); } catch (error) { console.log('refused', error.cause?.message); }`;
    expect((await runNode(['--input-type=module', '-e', script])).out).toMatch(
      /refused Refused a connection to 127\.0\.0\.1/,
    );
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
