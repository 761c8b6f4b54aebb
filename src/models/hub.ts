import { OffRecordError } from '../errors.js';
import { hostOf, isSafeAddress } from './address.js';
import type { Manifest } from './manifest.js';

/** Where a pull asks, and the only hosts that it may reach on the way. */
export interface Hub {
  /** Without a slash at the end. */
  address: string;
  hosts: string[];
}

/** The proxies of this computer, as the usual variables name them. */
export interface Proxies {
  http: string;
  https: string;
  /** Hosts that are reached without one. */
  except: string;
}

/**
 * The manifest’s hub or a mirror of it. A mirror may send a download on to itself and to the hub’s hosts.
 * @throws OffRecordError `usage` for a mirror that is no https address
 */
export function hubOf({ hub, hosts }: Pick<Manifest, 'hub' | 'hosts'>, mirror?: string): Hub {
  if (!mirror) return { address: hub, hosts };
  const url = URL.canParse(mirror) ? new URL(mirror) : null;
  if (!url || !isSafeAddress(url) || url.username || url.search || url.hash) {
    const sentence = `The mirror “${mirror}” is no plain https address such as https://mirror.example. Change --mirror or OFFRECORD_MIRROR.`;
    throw new OffRecordError('usage', sentence);
  }
  return { address: url.href.replace(/\/+$/, ''), hosts: [hostOf(url), ...hosts] };
}

/** The proxies that an environment names; small letters win, as in curl. */
export function proxiesOf(env: NodeJS.ProcessEnv): Proxies {
  const http = env.http_proxy ?? env.HTTP_PROXY ?? '';
  const https = env.https_proxy ?? env.HTTPS_PROXY ?? '';
  return { http: checked(http), https: checked(https), except: env.no_proxy ?? env.NO_PROXY ?? '' };
}

/** All hosts that a pull may reach. */
export function reachableHosts({ hosts }: Hub, { http, https }: Proxies): string[] {
  return [...hosts, ...[http, https].filter(Boolean).map(proxy => hostOf(new URL(proxy)))];
}

function checked(proxy: string): string {
  if (proxy === '' || (URL.canParse(proxy) && /^https?:$/.test(new URL(proxy).protocol))) return proxy;
  throw new OffRecordError(
    'usage',
    'The proxy of this computer is no address like http://proxy.example:3128. Change HTTPS_PROXY or HTTP_PROXY.',
  );
}
