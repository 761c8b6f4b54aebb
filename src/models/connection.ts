import { type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { systemCode } from '../errors.js';
import { matchesHost } from '../privacy/hosts.js';
import { hostOf, isSafeAddress } from './address.js';
import type { Hub, Proxies } from './hub.js';
import { proxyRefused, sentElsewhere, tooManyRedirects } from './refusals.js';

/** What a server answered, after all redirects. */
export interface Answer {
  status: number;
  host: string;
  header(name: string): string | undefined;
  body: Dispatcher.ResponseData['body'];
}

/** The way to the hub. Each step of it is checked against the hosts that are allowed. */
export interface Connection {
  get(url: string, headers: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
}

/** No answer came at all; `code` is the system’s or the library’s word for why. */
export class NoAnswer extends Error {
  constructor(
    readonly host: string,
    readonly code: string,
    cause: unknown,
  ) {
    super(`${host}: ${code}`, { cause });
  }
}

const MOST_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];
/** A connection on which nothing comes for so long is given up and made anew. */
const SILENCE_MS = 30_000;

/** The only file that opens connections: through the proxies of this computer, where it has any. */
export function openConnection({ hosts }: Hub, proxies: Proxies, signal: AbortSignal | undefined): Connection {
  const agent = new EnvHttpProxyAgent({
    httpProxy: proxies.http,
    httpsProxy: proxies.https,
    noProxy: proxies.except,
    headersTimeout: SILENCE_MS,
    bodyTimeout: SILENCE_MS,
  });
  return {
    get: (url, headers) => follow(new URL(url), headers, { hosts, agent, signal }),
    close: () => agent.destroy(),
  };
}

interface Way {
  hosts: string[];
  agent: Dispatcher;
  signal: AbortSignal | undefined;
}

async function follow(from: URL, headers: Record<string, string>, { hosts, agent, signal }: Way): Promise<Answer> {
  let url = from;
  for (let step = 0; step <= MOST_REDIRECTS; step++) {
    if (!isSafeAddress(url) || !matchesHost(hostOf(url), hosts)) throw sentElsewhere(from.host, url);
    const { statusCode, headers: said, body } = await ask(url, headers, agent, signal);
    const header = (name: string): string | undefined => [said[name]].flat()[0];
    const next = header('location');
    if (!REDIRECTS.includes(statusCode) || next === undefined || !URL.canParse(next, url.href))
      return { status: statusCode, host: url.host, header, body };
    await body.dump();
    url = new URL(next, url);
  }
  throw tooManyRedirects(from.host);
}

async function ask(
  url: URL,
  headers: Record<string, string>,
  dispatcher: Dispatcher,
  signal: AbortSignal | undefined,
): Promise<Dispatcher.ResponseData> {
  try {
    return await request(url.href, { dispatcher, headers, signal: signal ?? null });
  } catch (error) {
    const status = /Proxy response \((\d+)\)/.exec(String(error))?.[1];
    if (status !== undefined) throw proxyRefused(url.host, Number(status));
    throw new NoAnswer(url.host, systemCode(error) ?? 'unknown error', error);
  }
}
