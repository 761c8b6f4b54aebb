import dns from 'node:dns';
import { refuseUnlessAllowed } from './refusal.js';

/** Refuses to look up names, which alone can tell an outsider something. */
export function guardNames(): void {
  for (const target of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype])
    for (const name of Object.getOwnPropertyNames(target).filter(isLookUp)) guardLookUp(target, name);
}

function isLookUp(name: string): boolean {
  return /^(lookup|resolve|reverse)/.test(name);
}

function guardLookUp(target: object, name: string): void {
  const original = Reflect.get(target, name);
  if (typeof original !== 'function') return;
  Reflect.set(target, name, function (this: unknown, host: unknown, ...rest: unknown[]) {
    refuseUnlessAllowed(String(host));
    return Reflect.apply(original, this, [host, ...rest]);
  });
}
