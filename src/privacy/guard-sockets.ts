import dgram from 'node:dgram';
import net from 'node:net';
import { refuse, refuseUnlessAllowed } from './refusal.js';

/** Refuses sockets. Everything in Node that speaks TCP (http, https, http2, tls, fetch, WebSocket) connects through `net.Socket`. */
export function guardSockets(): void {
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
    refuseUnlessAllowed(hostOf(args));
    return Reflect.apply(connect, this, args);
  } as typeof connect;
  net.Server.prototype.listen = () => refuse('listening for connections');
  dgram.createSocket = () => refuseDatagrams();
  for (const name of ['bind', 'connect', 'send']) Reflect.set(dgram.Socket.prototype, name, refuseDatagrams);
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

function refuseDatagrams(): never {
  return refuse('a datagram socket');
}
