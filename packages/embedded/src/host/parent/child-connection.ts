import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { SandpodError } from '@sandpod/core';
import { encodeFrame, FrameError, type FrameHeader, FrameReader } from '../protocol/frame.ts';
import type { CallRequest, ConfigureHeader, ToChild } from '../protocol/messages.ts';
import { INPUT_WINDOW_BYTES, WINDOW_BYTES } from '../protocol/window.ts';
import { explainEnding } from './child-ending.ts';
import { CHILD_ENVIRONMENT, childArguments } from './child-flags.ts';
import { ConnectionEnded } from './connection-ended.ts';
import { parseIncoming } from './incoming-messages.ts';
import { RemoteCall } from './remote-call.ts';
import { rootDirectory } from './root-directory.ts';
import { TextTail } from './text-tail.ts';

/** The child's headers are short. The longest header contains a list of program names. */
const INCOMING_HEADER_BYTES = 64 * 1024;

/**
 * The last stream is the connection. On Windows, only an overlapped pipe can be read and written at the same time. On other platforms,
 * `overlapped` means `pipe`.
 */
const STDIO: StdioOptions = ['ignore', 'ignore', 'pipe', 'overlapped'];

/**
 * The connection to a child process, and the calls to that process.
 *
 * The connection keeps the event loop of this process alive only while a call runs. When this process ends, the child process exits by
 * itself.
 */
export class ChildConnection {
  readonly ready: Promise<void>;
  /** Resolves with the reason once the child process has ended. Never rejects. */
  readonly ended: Promise<string>;
  readonly pid: number | undefined;
  readonly #child: ChildProcess;
  readonly #socket: Socket;
  readonly #stderrPipe: Socket;
  readonly #reader = new FrameReader({ headerBytes: INCOMING_HEADER_BYTES });
  readonly #stderr = new TextTail();
  readonly #calls = new Map<number, RemoteCall>();
  readonly #ready = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<string>();
  #nextId = 1;
  #reason: string | undefined;
  #end: ConnectionEnded | undefined;

  constructor(options: { readonly config: ConfigureHeader }) {
    this.ready = this.#ready.promise;
    this.ended = this.#ended.promise;
    this.ready.catch(() => {});
    const flags = childArguments(options.config);
    const cwd = rootDirectory(process.execPath);
    this.#child = spawn(process.execPath, flags, { env: CHILD_ENVIRONMENT, cwd, stdio: STDIO, windowsHide: true });
    this.pid = this.#child.pid;
    this.#socket = this.#child.stdio[3] as Socket;
    this.#stderrPipe = this.#child.stderr as Socket;
    this.#listen();
    this.#send(options.config);
  }

  /** Starts a call. The call fails with `ConnectionEnded` if the child process ends first. */
  call(request: CallRequest): RemoteCall {
    const id = this.#nextId;
    this.#nextId += 1;
    const sendWindow = request.operation === 'spawn' ? INPUT_WINDOW_BYTES : WINDOW_BYTES;
    const call = new RemoteCall({ id, sendWindow, send: (header, payload) => this.#send(header, payload) });
    if (this.#end) call.fail(this.#end);
    else this.#begin(call, { id, request });
    return call;
  }

  /** Kills the child process. Only the first reason is reported. */
  async kill(reason: string): Promise<void> {
    this.#reason ??= reason;
    this.#killNow();
    await this.ended;
  }

  /** Keeps the event loop alive until `release`. */
  hold(): void {
    this.#socket.ref();
  }

  release(): void {
    if (this.#calls.size === 0) this.#socket.unref();
  }

  /** Kills the child process. Keeps the event loop alive until the child process has ended, even if nothing else keeps it alive. */
  #killNow(): void {
    this.#child.ref();
    this.#stderrPipe.ref();
    this.#child.kill('SIGKILL');
  }

  #listen(): void {
    const stderr = this.#stderrPipe;
    this.#child.unref();
    stderr.unref();
    stderr.on('data', (chunk: Uint8Array) => this.#stderr.push(chunk));
    this.#socket.on('data', (chunk: Uint8Array) => this.#receive(chunk));
    this.#socket.on('close', () => this.#killNow());
    for (const source of [this.#socket, stderr]) source.on('error', () => {});
    this.#child.on('error', (error) => this.#finish(`it could not be started: ${error.message}`));
    this.#child.on('close', (code, signal) => this.#finish(signal ? `it was killed by ${signal}` : `it exited with code ${code}`));
  }

  #begin(call: RemoteCall, header: { readonly id: number; readonly request: CallRequest }): void {
    try {
      this.#send({ type: 'call', ...header });
      this.#calls.set(header.id, call);
      this.hold();
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      call.fail(
        new SandpodError({ code: 'invalid-options', message: `The arguments and variables together are too large: ${error.message}` }),
      );
    }
  }

  #receive(chunk: Uint8Array): void {
    try {
      for (const { header, payload } of this.#reader.push(chunk)) this.#handle(header, payload);
    } catch (error) {
      void this.kill(`The sandbox's child process sent an invalid message: ${error instanceof Error ? error.message : error}.`);
    }
  }

  #handle(header: FrameHeader, payload: Uint8Array): void {
    const message = parseIncoming(header);
    if (!message) throw new Error('unknown header');
    if (message.type === 'ready') {
      this.#ready.resolve();
      return;
    }
    if (!this.#calls.get(message.id)?.receive(message, payload)) return;
    this.#calls.delete(message.id);
    this.release();
  }

  #finish(observed: string): void {
    if (this.#end) return;
    const { reason, isOutOfMemory } = explainEnding({ observed, stderr: this.#stderr.text() });
    const error = new ConnectionEnded(this.#reason ?? reason, { isOutOfMemory: this.#reason === undefined && isOutOfMemory });
    this.#end = error;
    this.#ready.reject(error);
    for (const call of this.#calls.values()) call.fail(error);
    this.#calls.clear();
    this.#socket.destroy();
    this.#ended.resolve(error.message);
  }

  #send(header: ToChild, payload?: Uint8Array): void {
    if (!this.#end && this.#socket.writable) this.#socket.write(encodeFrame(header as unknown as FrameHeader, payload));
  }
}
