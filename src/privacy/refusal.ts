import { OffRecordError } from '../errors.js';
import { matchesHost } from './hosts.js';

let allowed: string[] = [];

/** Lets this thread reach the hosts that match these patterns; none closes it again. */
export function allowHosts(hosts: string[]): void {
  allowed = hosts;
}

/** Whether no host at all may be reached, as it is in every command but `models pull`. */
export function isClosed(): boolean {
  return allowed.length === 0;
}

/** Throws unless a host may be reached. */
export function refuseUnlessAllowed(host: string): void {
  if (!matchesHost(host, allowed)) refuse(`a connection to ${host}`);
}

/** Throws the error for what the guard does not let through. */
export function refuse(what: string): never {
  throw new OffRecordError('failed', `Refused ${what}: this program keeps everything on this computer.`);
}
