import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { SandpodError } from '@sandpod/core';
import { encodeFrame, FrameError, type FrameHeader, FrameReader } from '../protocol/frame.ts';
import type { CallRequest, ConfigureHeader, ToChild } from '../protocol/messages.ts';
import { INPUT_WINDOW_BYTES, WINDOW_BYTES } from '../protocol/window.ts';
import { childArguments } from './child-flags.ts';
import { ConnectionEnded } from './connection-ended.ts';
import { parseIncoming } from './incoming-messages.ts';
import { RemoteCall } from './remote-call.ts';
import { TextTail } from './text-tail.ts';

const REASON_CHARACTERS = 500;

/**
 * A child process and the calls to it.
 *
 * It keeps this process's event loop alive only while a call runs. The child ends itself when this process ends.
 */
export class ChildConnection {
  readonly ready: Promise<void>;
  /** Resolves with the reason when the child process is gone. Never rejects. */
  readonly ended: Promise<string>;
  readonly pid: number | undefined;
  private readonly _child: ChildProcess;
  private readonly _socket: Socket;
  private readonly _stderrPipe: Socket;
  private readonly _reader = new FrameReader();
  private readonly _stderr = new TextTail();
  private readonly _calls = new Map<number, RemoteCall>();
  private readonly _ready = Promise.withResolvers<void>();
  private readonly _ended = Promise.withResolvers<string>();
  private _nextId = 1;
  private _reason: string | undefined;
  private _isEnded = false;

  constructor(options: { readonly config: ConfigureHeader; readonly readable: readonly string[] }) {
    this.ready = this._ready.promise;
    this.ended = this._ended.promise;
    this.ready.catch(() => {});
    const flags = childArguments({ memoryBytes: options.config.memoryBytes, readable: options.readable });
    this._child = spawn(process.execPath, flags, { env: {}, cwd: '/', stdio: ['ignore', 'ignore', 'pipe', 'pipe'], windowsHide: true });
    this.pid = this._child.pid;
    this._socket = this._child.stdio[3] as Socket;
    this._stderrPipe = this._child.stderr as Socket;
    this._listen();
    this._send(options.config);
  }

  /** Starts a call; it ends with `ConnectionEnded` when the child goes before it is over. */
  call(request: CallRequest): RemoteCall {
    const id = this._nextId;
    this._nextId += 1;
    const sendWindow = request.operation === 'spawn' ? INPUT_WINDOW_BYTES : WINDOW_BYTES;
    const call = new RemoteCall({ id, sendWindow, send: (header, payload) => this._send(header, payload) });
    if (this._isEnded) call.fail(new ConnectionEnded(this._reason ?? 'its process is gone'));
    else this._begin(call, { id, request });
    return call;
  }

  /** Ends the child process at once; the first reason stands. */
  async kill(reason: string): Promise<void> {
    this._reason ??= reason;
    this._killNow();
    await this.ended;
  }

  /** Keeps the event loop alive until `release`. */
  hold(): void {
    this._socket.ref();
  }

  release(): void {
    if (this._calls.size === 0) this._socket.unref();
  }

  /** Its end has to be seen, also when nothing else keeps the event loop alive. */
  private _killNow(): void {
    this._child.ref();
    this._stderrPipe.ref();
    this._child.kill('SIGKILL');
  }

  private _listen(): void {
    const stderr = this._stderrPipe;
    this._child.unref();
    stderr.unref();
    stderr.on('data', (chunk: Uint8Array) => this._stderr.push(chunk));
    this._socket.on('data', (chunk: Uint8Array) => this._receive(chunk));
    this._socket.on('close', () => this._killNow());
    for (const source of [this._socket, stderr]) source.on('error', () => {});
    this._child.on('error', (error) => this._end(`it could not be started: ${error.message}`));
    this._child.on('close', (code, signal) => this._end(signal ? `it was ended by ${signal}` : `it exited with code ${code}`));
  }

  private _begin(call: RemoteCall, header: { readonly id: number; readonly request: CallRequest }): void {
    try {
      this._send({ type: 'call', ...header });
      this._calls.set(header.id, call);
      this.hold();
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      call.fail(
        new SandpodError({ code: 'invalid-options', message: `The arguments and variables together are too large: ${error.message}` }),
      );
    }
  }

  private _receive(chunk: Uint8Array): void {
    try {
      for (const { header, payload } of this._reader.push(chunk)) this._handle(header, payload);
    } catch (error) {
      void this.kill(`it sent what is not of the protocol: ${error instanceof Error ? error.message : error}`);
    }
  }

  private _handle(header: FrameHeader, payload: Uint8Array): void {
    const message = parseIncoming(header);
    if (!message) throw new Error('unknown header');
    if (message.type === 'ready') {
      this._ready.resolve();
      return;
    }
    if (!this._calls.get(message.id)?.receive(message, payload)) return;
    this._calls.delete(message.id);
    this.release();
  }

  private _end(observed: string): void {
    if (this._isEnded) return;
    this._isEnded = true;
    const tail = this._stderr.text(REASON_CHARACTERS);
    this._reason ??= `The sandbox's process is gone: ${observed}${tail === '' ? '' : ` (${tail})`}.`;
    const error = new ConnectionEnded(this._reason);
    this._ready.reject(error);
    for (const call of this._calls.values()) call.fail(error);
    this._calls.clear();
    this._socket.destroy();
    this._ended.resolve(this._reason);
  }

  private _send(header: ToChild, payload?: Uint8Array): void {
    if (!this._isEnded && this._socket.writable) this._socket.write(encodeFrame(header as unknown as FrameHeader, payload));
  }
}
