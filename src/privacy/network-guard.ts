/**
 * Refuses every connection of this process, from the moment this module is loaded. Import it before anything else.
 * Only `models pull` opens it, for the manifest’s hosts alone.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { OffRecordError } from '../errors.js';
import { matchesHost } from './hosts.js';

let allowed: string[] = [];

/** Lets this process reach the hosts that match these patterns. */
export function allowHosts(hosts: string[]): void {
  allowed = hosts;
}

guardSockets();
guardNames();
syncBuiltinESMExports();

function guardSockets(): void {
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
    refuseUnlessAllowed(hostOf(args));
    return Reflect.apply(connect, this, args);
  } as typeof connect;
  net.Server.prototype.listen = () => refuse('listening for connections');
  dgram.createSocket = () => refuse('a datagram socket');
}

/** Name look-ups alone can tell an outsider something. */
function guardNames(): void {
  const lookups = Object.keys(dns).filter(name => /^(lookup|resolve|reverse)/.test(name));
  for (const [target, names] of [
    [dns, lookups],
    [dns.promises, lookups],
  ] as const) {
    for (const name of names) {
      const original = Reflect.get(target, name);
      if (typeof original !== 'function') continue;
      Reflect.set(target, name, (host: unknown, ...rest: unknown[]) => {
        refuseUnlessAllowed(String(host));
        return Reflect.apply(original, target, [host, ...rest]);
      });
    }
  }
}

/** The host of `connect(port, host)`, `connect(path)` or `connect({host, port, path})`, as Node normalises it. */
function hostOf(args: unknown[]): string {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object' && first !== null) {
    const { host, path } = first as { host?: string; path?: string };
    return path ?? host ?? 'localhost';
  }
  return typeof second === 'string' ? second : typeof first === 'string' ? first : 'localhost';
}

function refuseUnlessAllowed(host: string): void {
  if (!matchesHost(host, allowed)) refuse(`a connection to ${host}`);
}

function refuse(what: string): never {
  throw new OffRecordError('failed', `Refused ${what}: this program keeps everything on this computer.`);
}
