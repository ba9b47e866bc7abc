import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Listens on all IPv4 addresses of this machine and counts the connections. */
export class CanaryListener implements AsyncDisposable {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;
  readonly #count: () => number;

  private constructor(parts: {
    readonly server: Server;
    readonly sockets: Set<Socket>;
    readonly port: number;
    readonly count: () => number;
  }) {
    this.#server = parts.server;
    this.#sockets = parts.sockets;
    this.#count = parts.count;
    this.port = parts.port;
  }

  static async open(): Promise<CanaryListener> {
    let count = 0;
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      count += 1;
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.end('HTTP/1.0 200 OK\r\n\r\ncanary');
    });
    server.listen(0, '0.0.0.0');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('Expected a TCP port.');
    return new CanaryListener({ server, sockets, port: address.port, count: () => count });
  }

  get connections(): number {
    return this.#count();
  }

  /** Returns the loopback address and all other IPv4 addresses of this machine. */
  addresses(): string[] {
    const outer = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    return ['127.0.0.1', ...outer.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address)];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
