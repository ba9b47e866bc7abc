import type { ByteDuplex, Sandbox } from '@sandpod/core';
import { pythonPrograms } from '../guest/python-programs.ts';
import { pythonServer } from '../guest/python-server.ts';
import type { SandboxContext } from '../sandbox/sandbox-context.ts';
import { OutputReader, readStream } from './output-reader.ts';

/** A server in a sandbox. `pythonServer` describes its responses. */
export interface GuestServer {
  readonly sandbox: Sandbox;
  readonly port: number;
  /** The server's output, which contains a line `ended <command>` for each connection that ended. */
  readonly output: OutputReader;
}

/** Starts a server in a sandbox, by default in the shared sandbox. The server is killed at the end of the test. */
export async function startServer(
  context: SandboxContext,
  options: { readonly sandbox?: Sandbox; readonly delayMs?: number } = {},
): Promise<GuestServer> {
  const { sandbox = await context.shared(), delayMs = 0 } = options;
  const process = await sandbox.spawn({ argv: pythonPrograms.argv(pythonServer({ delayMs })) });
  context.cleanUp.defer(() => process.kill());
  const output = new OutputReader(process);
  await output.until('\n');
  const [, port] = /^listening (\d+)\n/.exec(output.text()) ?? [];
  if (port === undefined) throw new Error(`Expected a listening server, given ${JSON.stringify(output.text())}.`);
  return { sandbox, port: Number(port), output };
}

/** Sends a command and bytes. Resolves with the whole response. */
export async function ask(
  connection: ByteDuplex,
  request: { readonly command: string; readonly bytes?: Uint8Array; readonly answerBytes?: number },
): Promise<Buffer> {
  const { command, bytes = new Uint8Array(), answerBytes } = request;
  const sending = send(connection, Buffer.concat([Buffer.from(`${command}\n`), bytes]), answerBytes === undefined);
  const receiving = answerBytes === undefined ? readStream(connection.readable) : receive(connection, answerBytes);
  const [answer] = await Promise.all([receiving, sending]);
  return Buffer.from(answer);
}

async function send(connection: ByteDuplex, bytes: Uint8Array, closes: boolean): Promise<void> {
  const writer = connection.writable.getWriter();
  for (let offset = 0; offset < bytes.byteLength; offset += 64 * 1024) await writer.write(bytes.subarray(offset, offset + 64 * 1024));
  if (closes && connection.canHalfClose) await writer.close();
  writer.releaseLock();
}

/** Reads at least this many bytes without waiting for the end, because a connection without half-close stays open. */
async function receive(connection: ByteDuplex, count: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const reader = connection.readable.getReader();
  for (let received = 0; received < count; ) {
    const { value, done } = await reader.read();
    if (done) break;
    pieces.push(value);
    received += value.byteLength;
  }
  reader.releaseLock();
  return Buffer.concat(pieces);
}
