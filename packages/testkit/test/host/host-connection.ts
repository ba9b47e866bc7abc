import { connect as connectSocket, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { type ByteDuplex, type ConnectOptions, SandpodError } from '@sandpod/core';
import { pause } from '../../src/tools/within.ts';

/** A connection to a port of this machine: host sandboxes share its network. */
export async function connectToHost({ port, waitMs = 0, abortSignal }: ConnectOptions): Promise<ByteDuplex> {
  const untilMs = performance.now() + waitMs;
  for (;;) {
    abortSignal?.throwIfAborted();
    const socket = await open(port);
    if (socket !== undefined) return toByteDuplex(socket, abortSignal);
    if (performance.now() >= untilMs) throw new SandpodError({ code: 'connection-refused', message: `Nothing listens on port ${port}.` });
    await pause(50);
  }
}

function open(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connectSocket({ host: '127.0.0.1', port, allowHalfOpen: true });
    socket.once('connect', () => resolve(socket)).once('error', () => resolve(undefined));
  });
}

function toByteDuplex(socket: Socket, abortSignal: AbortSignal | undefined): ByteDuplex {
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const close = (): Promise<void> => {
    socket.destroy();
    return closed;
  };
  abortSignal?.addEventListener('abort', () => void close(), { once: true });
  const { readable, writable } = Duplex.toWeb(socket) as unknown as Pick<ByteDuplex, 'readable' | 'writable'>;
  return { readable, writable, canHalfClose: true, closed, close, [Symbol.asyncDispose]: close };
}
