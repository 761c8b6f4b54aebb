import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { mayStart } from '../../src/privacy/children.js';

const DECODE = [
  ...['-protocol_whitelist', 'file,pipe', '-i', 'file:/home/me/http:/call.mp3', '-ar', '16000', '-ac', '2'],
  ...['-acodec', 'pcm_f32le', '-map', '0:a:0', '-vn', '-sn', '-dn', '-af', 'aresample=async=1:first_pts=0'],
  ...['-f', 'f32le', 'pipe:1'],
];
const OURSELVES = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const PULL = [OURSELVES, 'models', 'pull', 'base.en'];
const with_ = (at: number, ...args: string[]): string[] => DECODE.toSpliced(at, args.length, ...args);

test.each<[what: string, file: string, args: string[], may: boolean]>([
  ['decoding a file', 'ffmpeg', DECODE, true],
  ['asking for the version', 'ffmpeg', ['-version'], true],
  ['this program, to analyse', process.execPath, [OURSELVES, 'analyze', '--', 'call.m4a'], true],
  ['this program, to save a moment', process.execPath, [OURSELVES, 'clip', 'abc', '0'], true],
  ['another script', process.execPath, ['/tmp/cli.js', 'analyze'], false],
  ['this program with words of Node before it', process.execPath, ['-r', '/tmp/a.js', OURSELVES, 'analyze'], false],
  ['code', process.execPath, ['-e', 'fetch("https://example.org")'], false],
  ['another program', 'curl', ['https://example.org'], false],
  ['another program in the name of FFmpeg', '/tmp/ffmpeg', DECODE, false],
  ['an address alone', 'ffmpeg', ['https://example.org'], false],
  ['nothing', 'ffmpeg', [], false],
  ['more protocols', 'ffmpeg', with_(1, 'file,pipe,tcp'), false],
  ['no word about protocols', 'ffmpeg', DECODE.slice(2), false],
  ['an address as the source', 'ffmpeg', with_(3, 'https://example.org/a.mp3'), false],
  ['a second source', 'ffmpeg', DECODE.toSpliced(4, 0, '-i', 'file:/etc/passwd'), false],
  ['an address as the output', 'ffmpeg', with_(DECODE.length - 1, 'tcp://example.org:80'), false],
  ['a second output', 'ffmpeg', DECODE.toSpliced(-1, 0, 'tcp:example.org:80'), false],
  ['a report of the progress', 'ffmpeg', DECODE.toSpliced(4, 0, '-progress', 'http:x'), false],
  ['a filter that reads another source', 'ffmpeg', DECODE.toSpliced(-1, 0, '-af', 'amovie=a'), false],
  ['this program’s own pull', process.execPath, PULL, true],
  ['a pull through a mirror', process.execPath, [...PULL, '--mirror', 'https://example.org'], false],
  ['a pull of an option', process.execPath, PULL.with(3, '--mirror=https://example.org'), false],
  ['another command of this program', process.execPath, [OURSELVES, 'models', 'list'], false],
  ['another program in Node', process.execPath, PULL.with(0, '/tmp/cli.js'), false],
  ['words for Node itself', process.execPath, ['-e', 'fetch("https://example.org")'], false],
  ['a pull by another Node', '/tmp/node', PULL, false],
])('%s', (_, file, args, may) => {
  expect(mayStart(file, args)).toBe(may);
});
