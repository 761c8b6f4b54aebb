const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

/** Whether models may be asked for there: by https, or by http from a server on this computer. */
export function isSafeAddress(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(hostOf(url)));
}

/** The host of an address, an IPv6 one without its brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}
