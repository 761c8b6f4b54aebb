import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** What a server does with one request for a file, in place of sending it. */
export type Mood = (response: ServerResponse, file: Buffer, request: IncomingMessage) => void;

/** A request as it came. */
export interface Asked {
  server: 'hub' | 'cdn';
  path: string;
  range: string | undefined;
  ifRange: string | undefined;
}

/**
 * Two servers that behave like the model hub: large files are sent on to another host with a signed address, small ones to
 * another path of the same; both know ranges and tags.
 */
export class HubServer {
  readonly asked: Asked[] = [];
  /** Bytes a second of the large files; 0 for as fast as it goes. */
  bytesASecond = 0;
  readonly #moods = new Map<string, Mood[]>();
  readonly #hub: Server;
  readonly #cdn: Server;

  /**
   * @param files path in the model → bytes
   * @param tls speaks https with these, else http
   */
  constructor(
    readonly files: Map<string, Buffer>,
    private readonly tls?: { key: string; cert: string },
  ) {
    const serve = (listener: RequestListener): Server =>
      tls ? createTlsServer(tls, listener) : createServer(listener);
    this.#hub = serve((request, response) => this.#answerHub(request, response));
    this.#cdn = serve((request, response) => this.#answerCdn(request, response));
  }

  async start(): Promise<void> {
    await Promise.all([this.#hub, this.#cdn].map(listen));
  }

  stop(): void {
    for (const server of [this.#hub, this.#cdn]) {
      server.closeAllConnections();
      server.close();
    }
  }

  get address(): string {
    return `${this.#scheme}://127.0.0.1:${portOf(this.#hub)}`;
  }

  get #scheme(): string {
    return this.tls ? 'https' : 'http';
  }

  /** The hosts that a manifest would allow: the download host has another name. */
  readonly hosts = ['127.0.0.1', 'localhost'];

  /** The next requests for a file meet these, one after another; then it is sent as it should be. */
  meets(path: string, ...moods: Mood[]): void {
    this.#moods.set(path, moods);
  }

  /** Requests that reached a file itself. */
  fetched(path: string): Asked[] {
    return this.asked.filter(asked => asked.path === path && (asked.server === 'cdn') === isLarge(path));
  }

  #answerHub(request: IncomingMessage, response: ServerResponse): void {
    const [, path = ''] = /\/(?:resolve|api\/resolve-cache)\/[0-9a-f]{40}\/(.*)$/.exec(request.url ?? '') ?? [];
    if (!request.url?.startsWith('/api/')) {
      this.#note('hub', path, request);
      const file = this.files.get(path);
      if (!file) return void response.writeHead(404).end('Entry not found');
      const location = isLarge(path)
        ? `${this.#scheme}://localhost:${portOf(this.#cdn)}/${path}?signature=secret`
        : `/api/resolve-cache/${request.url?.split('/resolve/')[1]}`;
      return void response.writeHead(isLarge(path) ? 302 : 307, { location, 'x-linked-etag': tagOf(file) }).end();
    }
    this.#serve(path, request, response);
  }

  #answerCdn(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? '').slice(1).split('?')[0] ?? '';
    this.#note('cdn', path, request);
    this.#serve(path, request, response);
  }

  #note(server: Asked['server'], path: string, { headers }: IncomingMessage): void {
    this.asked.push({ server, path, range: headers.range, ifRange: headers['if-range'] as string | undefined });
  }

  #serve(path: string, request: IncomingMessage, response: ServerResponse): void {
    const file = this.files.get(path) ?? Buffer.alloc(0);
    const mood = this.#moods.get(path)?.shift();
    if (mood) mood(response, file, request);
    else void send(response, file, request, this.bytesASecond);
  }
}

/** The file, or the part of it that was asked for. */
export async function send(
  response: ServerResponse,
  file: Buffer,
  { headers }: IncomingMessage,
  bytesASecond = 0,
): Promise<void> {
  const asked = /^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1];
  const isSame = headers['if-range'] === undefined || headers['if-range'] === tagOf(file);
  const from = asked !== undefined && isSame ? Number(asked) : 0;
  const body = file.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, {
    'content-length': body.length,
    'accept-ranges': 'bytes',
    etag: tagOf(file),
    ...(from > 0 && { 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` }),
  });
  if (bytesASecond === 0) return void response.end(body);
  const step = Math.ceil(bytesASecond / 20);
  for (let at = 0; at < body.length && !response.destroyed; at += step) {
    response.write(body.subarray(at, at + step));
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  response.end();
}

/** Long enough for a client on a busy machine to have read what was sent: at the end of a connection it drops what it has not. */
const READ_MS = 300;

/** Sends the first bytes of what was asked for and then hangs up. */
export function cutAfter(bytes: number): Mood {
  return (response, file, request) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': file.length - from,
      etag: tagOf(file),
      ...(from > 0 && { 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` }),
    });
    response.write(file.subarray(from, from + bytes), () => setTimeout(() => response.destroy(), READ_MS));
  };
}

/** Sends this answer whatever was asked. */
export function says(status: number, body: string | Buffer = '', headers: Record<string, string> = {}): Mood {
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  return response => void response.writeHead(status, { ...length, ...headers }).end(body);
}

export function tagOf(file: Buffer): string {
  return `"${createHash('sha256').update(file).digest('hex').slice(0, 32)}"`;
}

function isLarge(path: string): boolean {
  return path.endsWith('.onnx');
}

function listen(server: Server): Promise<void> {
  return new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
