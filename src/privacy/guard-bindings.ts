import { isClosed, refuse } from './refusal.js';

/** The doors below Node’s own modules, and whether `models pull` needs one. */
const DOORS: { binding: string; owner?: string; names: RegExp; what: string; forPull: boolean }[] = [
  { binding: 'tcp_wrap', owner: 'TCP', names: /^connect/, what: 'a connection', forPull: true },
  { binding: 'tcp_wrap', owner: 'TCP', names: /^(bind|listen)/, what: 'listening for connections', forPull: false },
  { binding: 'pipe_wrap', owner: 'Pipe', names: /^(bind|connect|listen)/, what: 'a local socket', forPull: false },
  { binding: 'udp_wrap', owner: 'UDP', names: /^(bind|connect|send)/, what: 'a datagram socket', forPull: false },
  {
    binding: 'cares_wrap',
    owner: 'ChannelWrap',
    names: /^(query|getHost)/,
    what: 'a look-up of a name',
    forPull: true,
  },
  { binding: 'cares_wrap', names: /^get(addr|name)info$/, what: 'a look-up of a name', forPull: true },
  { binding: 'spawn_sync', names: /^spawn$/, what: 'starting a program', forPull: false },
];

/** A second wall behind the first, for a module that kept Node’s functions from before or found a way around them. */
export function guardBindings(): void {
  for (const { binding, owner, names, what, forPull } of DOORS) {
    const door = owner === undefined ? bindingOf(binding) : bindingOf(binding)?.[owner];
    const target = typeof door === 'function' ? (door.prototype as object) : door;
    if (typeof target !== 'object' || target === null) continue;
    for (const name of Object.getOwnPropertyNames(target).filter(key => names.test(key)))
      close(target, name, what, forPull);
  }
}

function close(target: object, name: string, what: string, forPull: boolean): void {
  const original = Reflect.get(target, name);
  Reflect.set(target, name, function (this: unknown, ...args: unknown[]) {
    if (!forPull || isClosed()) refuse(what);
    return Reflect.apply(original, this, args);
  });
}

/** Node may take `process.binding` away some day; then the first wall stands alone. */
function bindingOf(name: string): Record<string, unknown> | undefined {
  try {
    return Reflect.get(process, 'binding')(name) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
