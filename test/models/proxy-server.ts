import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A proxy that tunnels, as companies have: it notes where to, and may want a name and password. */
export class ProxyServer {
  readonly tunnels: string[] = [];
  readonly #open = new Set<Socket>();
  readonly #server = createServer((_, response) => void response.writeHead(405).end());

  /** @param password `name:password`, or null for a proxy that lets everybody through */
  constructor(password: string | null = null) {
    this.#server.on('connect', ({ url = '', headers }, client: Socket) => {
      this.tunnels.push(url);
      const isKnown = password === null || headers['proxy-authorization'] === `Basic ${btoa(password)}`;
      if (!isKnown) return void client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      const [host, port] = url.split(':');
      const upstream = connect(Number(port), host, () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
      for (const socket of [client, upstream]) this.#open.add(socket.on('error', () => socket.destroy()));
      upstream.pipe(client).pipe(upstream);
    });
  }

  async start(): Promise<void> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve));
  }

  stop(): void {
    for (const socket of this.#open) socket.destroy();
    this.#server.close();
  }

  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
}
