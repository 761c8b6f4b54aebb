import { describe, expect, it } from 'vitest';
import { isSafeAddress } from '../../src/models/address.js';
import { contentOf } from '../../src/models/content.js';
import { hubOf, proxiesOf, reachableHosts } from '../../src/models/hub.js';

const MANIFEST = { hub: 'https://huggingface.co', hosts: ['huggingface.co', '*.hf.co'] };

describe('hubOf', () => {
  it.each([
    [undefined, 'https://huggingface.co', MANIFEST.hosts],
    ['', 'https://huggingface.co', MANIFEST.hosts],
    ['https://mirror.example/', 'https://mirror.example', ['mirror.example', ...MANIFEST.hosts]],
    ['https://mirror.example:8443/hf//', 'https://mirror.example:8443/hf', ['mirror.example', ...MANIFEST.hosts]],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080', ['127.0.0.1', ...MANIFEST.hosts]],
    ['http://[::1]:8080', 'http://[::1]:8080', ['::1', ...MANIFEST.hosts]],
  ])('of the mirror %s is %s', (mirror, address, hosts) => {
    expect(hubOf(MANIFEST, mirror)).toEqual({ address, hosts });
  });

  it.each([
    'http://mirror.example',
    'http://localhost.evil.example',
    'ftp://mirror.example',
    'mirror.example',
    'https://me:secret@mirror.example',
    'https://mirror.example/?token=1',
    'file:///srv/mirror',
  ])('refuses the mirror %s', mirror => {
    expect(() => hubOf(MANIFEST, mirror)).toThrow(expect.objectContaining({ kind: 'usage' }));
  });
});

describe('the proxies of a computer', () => {
  it.each([
    [{}, { http: '', https: '', except: '' }],
    [{ HTTPS_PROXY: 'http://p:1' }, { http: '', https: 'http://p:1', except: '' }],
    [
      { HTTPS_PROXY: 'http://p:1', https_proxy: 'http://q:2' },
      { http: '', https: 'http://q:2', except: '' },
    ],
    [
      { HTTP_PROXY: 'http://p:1', NO_PROXY: 'a,b' },
      { http: 'http://p:1', https: '', except: 'a,b' },
    ],
  ])('%j', (env, proxies) => {
    expect(proxiesOf(env)).toEqual(proxies);
  });

  it.each(['socks5://p:1080', 'p:3128', 'nonsense'])('refuses %s without printing it', HTTPS_PROXY => {
    expect(() => proxiesOf({ HTTPS_PROXY })).toThrow(/The proxy of this computer is no address like/);
  });

  it('are the only hosts that may be reached besides the hub’s', () => {
    const proxies = proxiesOf({ HTTPS_PROXY: 'http://me:secret@proxy.example:3128' });
    expect(reachableHosts(hubOf(MANIFEST), proxies)).toEqual([...MANIFEST.hosts, 'proxy.example']);
  });
});

describe('isSafeAddress', () => {
  it.each([
    ['https://huggingface.co', true],
    ['http://huggingface.co', false],
    ['http://localhost:1', true],
    ['http://127.0.0.1:1', true],
    ['http://127.0.0.1.evil.example', false],
    ['ftp://localhost', false],
  ])('%s: %s', (address, safe) => {
    expect(isSafeAddress(new URL(address))).toBe(safe);
  });
});

describe('contentOf', () => {
  it.each([
    ['{"a": 1}', 'text/plain', 'file'],
    ['\u0008\u0007onnx', undefined, 'file'],
    ['version https://git-lfs.github.com/spec/v1\noid', 'text/plain', 'pointer'],
    ['<!doctype html><p>', undefined, 'page'],
    ['\n <HTML>', 'application/octet-stream', 'page'],
    ['{}', 'text/html', 'page'],
    ['<?xml version="1.0"?><Error>', undefined, 'page'],
  ])('%j of type %s is a %s', (start, type, content) => {
    expect(contentOf(Buffer.from(start), type)).toBe(content);
  });
});
