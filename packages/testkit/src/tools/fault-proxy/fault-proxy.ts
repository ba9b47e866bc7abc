import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  request as plainRequest,
  type RequestOptions,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type RequestOptions as SecureOptions, request as secureRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Duplex, pipeline } from 'node:stream';
import { type ChooseFault, type Fault, momentMs } from './fault.ts';
import { FaultTunnel } from './fault-tunnel.ts';
import { FaultyStream } from './faulty-stream.ts';

export interface FaultProxyOptions {
  /** The server's address, for example `https://127.0.0.1:6443`. */
  readonly target: string | URL;
  /** Options for connections to the server, for example certificates and `socketPath`. */
  readonly connection?: Omit<SecureOptions, 'path' | 'method'> | undefined;
}

/**
 * A plain HTTP server in front of a real server. It forwards requests and upgraded connections, and injects faults.
 *
 * Pass the proxy's `url` to the client under test. The proxy listens on the loopback address. Use it only for tests, because it adds
 * the credentials in `connection` to every request.
 */
export class FaultProxy implements AsyncDisposable {
  /** Chooses the fault for each request. Default: no faults. */
  choose: ChooseFault = () => undefined;
  /** The sub-protocols that a web socket may request. Default: all. */
  protocols: readonly string[] | undefined;
  /** Returns true if a web socket message with this payload must not reach the client. */
  dropMessage: (payload: Uint8Array) => boolean = () => false;
  readonly #target: SecureOptions;
  readonly #request: (options: SecureOptions, onAnswer?: (answer: IncomingMessage) => void) => ReturnType<typeof plainRequest>;
  readonly #tunnels = new Set<FaultTunnel>();
  /** Upgraded connections that the server has not accepted yet, and the action for the time when it accepts them. */
  readonly #joining = new Map<Duplex, (tunnel: FaultTunnel) => void>();
  readonly #sockets = new Set<Duplex>();
  #server: Server | undefined;
  #port = 0;

  private constructor({ target, connection }: FaultProxyOptions) {
    const { protocol, hostname, port, host } = new URL(target);
    this.#target = { hostname, port, ...connection, headers: { ...connection?.headers, host } };
    this.#request = protocol === 'https:' ? secureRequest : (plainRequest as typeof secureRequest);
  }

  static async start(options: FaultProxyOptions): Promise<FaultProxy> {
    const proxy = new FaultProxy(options);
    await proxy.resume();
    return proxy;
  }

  /** Returns the address for the client. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Breaks every upgraded connection without a close frame. */
  cutTunnels(): void {
    this.#toEach((tunnel) => tunnel.cut());
  }

  /** Ends every web socket. The client receives a close frame, and no further messages from the server. */
  closeTunnels(code = 1000): void {
    this.#toEach((tunnel) => tunnel.close(code));
  }

  /** Keeps upgraded connections open, but no longer passes any bytes. */
  freezeTunnels(): void {
    this.#toEach((tunnel) => tunnel.freeze());
  }

  /** Acts like a server that has stopped: breaks all connections and refuses new connections. */
  async interrupt(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = once(server, 'close');
    server.close();
    this.cutTunnels();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** Starts the server again at the same address. */
  async resume(): Promise<void> {
    const server = createServer((incoming, outgoing) => void this.#serve(incoming, outgoing));
    server.on('upgrade', (incoming: IncomingMessage, socket: Duplex) => this.#upgrade(incoming, socket));
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.interrupt();
  }

  #toEach(act: (tunnel: FaultTunnel) => void): void {
    for (const tunnel of this.#tunnels) act(tunnel);
    for (const client of this.#joining.keys()) this.#joining.set(client, act);
  }

  #chooseFor({ method = 'GET', url = '/' }: IncomingMessage, isUpgrade: boolean): Fault | undefined {
    return this.choose({ method, url: new URL(url, 'http://proxy'), isUpgrade });
  }

  #serve(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const fault = this.#chooseFor(incoming, false);
    if (fault?.kind === 'reset') incoming.socket.destroy();
    else if (fault?.kind === 'status') answerStatus(outgoing, fault);
    else if (fault?.kind === 'delay') setTimeout(() => this.#forward(incoming, outgoing, fault), fault.delayMs);
    else if (fault?.kind !== 'silence') this.#forward(incoming, outgoing, fault);
  }

  #forward(incoming: IncomingMessage, outgoing: ServerResponse, fault: Fault | undefined): void {
    const cut = (): void => void incoming.socket.destroy();
    const onMoment = (): void => (fault?.kind === 'freeze' ? void outgoing.cork() : cut());
    const forwarded = this.#request(this.#optionsOf(incoming), (answer) => {
      if (fault?.kind === 'lose-answer') return cut();
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.flushHeaders();
      pipeline(answer, new FaultyStream({ fault, direction: 'down', onMoment }), outgoing, () => {});
      const afterMs = momentMs(fault);
      if (afterMs !== undefined) setTimeout(onMoment, afterMs).unref();
    });
    forwarded.on('error', cut);
    outgoing.on('close', () => forwarded.destroy());
    pipeline(incoming, new FaultyStream({ fault, direction: 'up', onMoment }), forwarded, () => {});
  }

  #upgrade(incoming: IncomingMessage, client: Duplex): void {
    client.on('error', () => {});
    const fault = this.#chooseFor(incoming, true);
    if (fault?.kind === 'silence') return;
    this.#joining.set(client, () => {});
    client.on('close', () => this.#joining.delete(client));
    if (fault?.kind === 'reset') client.destroy();
    else if (fault?.kind === 'status') client.end(rawAnswer(fault));
    else if (fault?.kind === 'delay') setTimeout(() => this.#join(incoming, client, fault), fault.delayMs);
    else this.#join(incoming, client, fault);
  }

  #join(incoming: IncomingMessage, client: Duplex, fault: Fault | undefined): void {
    const forwarded = this.#request(this.#optionsOf(incoming));
    forwarded.on('upgrade', (answer, server, head) => {
      if (fault?.kind === 'lose-answer') return void client.destroy();
      client.write(`${headOf(answer)}\r\n`);
      if (head.byteLength > 0) server.unshift(head);
      const isWebSocket = String(incoming.headers.upgrade).toLowerCase() === 'websocket';
      const dropMessage = isWebSocket ? (payload: Uint8Array): boolean => this.dropMessage(payload) : undefined;
      const tunnel = new FaultTunnel({ client, server, fault, dropMessage });
      this.#tunnels.add(tunnel);
      void tunnel.closed.then(() => this.#tunnels.delete(tunnel));
      this.#joining.get(client)?.(tunnel);
      this.#joining.delete(client);
    });
    forwarded.on('response', (answer) => {
      client.write(`${headOf(answer, ['connection', 'transfer-encoding'])}connection: close\r\n\r\n`);
      pipeline(answer, client, () => {});
    });
    forwarded.on('error', () => client.destroy());
    client.on('close', () => forwarded.destroy());
    forwarded.end();
  }

  #optionsOf({ method, url, headers }: IncomingMessage): RequestOptions {
    const asked = headers['sec-websocket-protocol'];
    const allowed = this.protocols;
    const protocols =
      asked === undefined || allowed === undefined
        ? {}
        : {
            'sec-websocket-protocol': asked
              .split(/, */)
              .filter((name) => allowed.includes(name))
              .join(', '),
          };
    return { ...this.#target, method, path: url, headers: { ...headers, ...protocols, ...this.#target.headers } };
  }
}

type StatusFault = Extract<Fault, { kind: 'status' }>;

function bodyOf({ body, status }: StatusFault): string {
  return body ?? JSON.stringify({ kind: 'Status', code: status, message: 'A fault that a test injected.' });
}

function answerStatus(outgoing: ServerResponse, fault: StatusFault): void {
  outgoing.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers }).end(bodyOf(fault));
}

function rawAnswer(fault: StatusFault): string {
  const headers = Object.entries(fault.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
  const body = bodyOf(fault);
  return `HTTP/1.1 ${fault.status} Fault\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${headers.join('')}\r\n${body}`;
}

/** Returns the status line and the headers. Each ends with CRLF. */
function headOf({ statusCode, statusMessage, rawHeaders }: IncomingMessage, without: readonly string[] = []): string {
  const lines = rawHeaders.flatMap((name, index, all) =>
    index % 2 === 0 && !without.includes(name.toLowerCase()) ? [`${name}: ${all[index + 1]}\r\n`] : [],
  );
  return `HTTP/1.1 ${statusCode} ${statusMessage}\r\n${lines.join('')}`;
}
