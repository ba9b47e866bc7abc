import { MemoryFileSystem } from '../../files/memory-file-system.ts';
import type { FrameHeader } from '../protocol/frame.ts';
import type { CallRequest, ConfigureHeader, PathRequest, SpawnRequest, ToChild, ToParent } from '../protocol/messages.ts';
import { CHUNK_BYTES } from '../protocol/window.ts';
import type { ChildCall, ChildReply } from './child-call.ts';
import { ChildError, toChildError } from './child-error.ts';
import { DownloadCall, type DownloadOptions } from './download-call.ts';
import { HostFiles } from './host-files.ts';
import { listChunks } from './list-chunks.ts';
import { watchMemory } from './memory-watch.ts';
import { resolveProgram } from './resolve-program.ts';
import { SpawnCall } from './spawn-call.ts';
import { UploadCall } from './upload-call.ts';
import { WorkerPool } from './worker-pool.ts';

/** What the process itself needs, shared code of the interpreters included. */
const BASE_BYTES = 512 * 1024 * 1024;

export type Send = (header: ToParent, payload?: Uint8Array) => void;

/** Serves the parent's calls: the files of one sandbox and its runs. */
export class ChildServer {
  private readonly _config: ConfigureHeader;
  private readonly _send: Send;
  private readonly _files: MemoryFileSystem;
  private readonly _hostFiles: HostFiles;
  private readonly _pool: WorkerPool;
  private readonly _calls = new Map<number, ChildCall>();
  private readonly _runs = new Set<SpawnCall>();

  constructor(config: ConfigureHeader, send: Send) {
    this._config = config;
    this._send = send;
    this._files = new MemoryFileSystem({ workspaceBytes: config.workspaceBytes });
    this._hostFiles = new HostFiles(this._files);
    this._pool = new WorkerPool({ memoryBytes: config.memoryBytes });
    this._pool.refill();
    watchMemory({
      maximumBytes: () => BASE_BYTES + 2 * (config.memoryBytes + this._files.tree.quota.usedBytes),
      onExceeded: () => this._stopNewest(),
    });
  }

  /** The parent is this package's own code, so that headers are taken as they are; frames for calls that are over are ignored. */
  handle(header: FrameHeader, payload: Uint8Array): void {
    const message = header as unknown as Exclude<ToChild, ConfigureHeader>;
    const call = this._calls.get(message.id);
    if (message.type === 'call') this._start(message.id, message.request);
    else if (message.type === 'data') call?.data?.(payload);
    else if (message.type === 'end') call?.end?.();
    else if (message.type === 'credit') call?.grant?.(message.bytes);
    else call?.cancel();
  }

  private _start(id: number, request: CallRequest): void {
    const reply = this._reply(id);
    try {
      if (request.operation === 'spawn') this._keep(id, this._spawn(request, reply));
      else if (request.operation === 'programs') reply.result(request.names.filter((name) => resolveProgram([name]) !== undefined));
      else this._startFileCall(id, { request, reply });
    } catch (error) {
      reply.failure(toChildError(error, request.operation === 'spawn' || request.operation === 'programs' ? '' : request.path));
    }
  }

  private _startFileCall(id: number, call: { readonly request: PathRequest; readonly reply: ChildReply }): void {
    const { request, reply } = call;
    const { path } = request;
    if (request.operation === 'stat') reply.result(this._hostFiles.stat(path));
    else if (request.operation === 'delete') reply.result(this._hostFiles.delete(path));
    else if (request.operation === 'write') this._keep(id, new UploadCall(this._hostFiles.upload(path), reply));
    else if (request.operation === 'read') this._read(id, { path, reply });
    else this._list(id, { path, reply });
  }

  private _read(id: number, wanted: { readonly path: string; readonly reply: ChildReply }): void {
    const handle = this._hostFiles.openForRead(wanted.path);
    if (handle === null) {
      wanted.reply.result(null);
      return;
    }
    let position = 0;
    const next = (): Uint8Array | undefined => {
      const bytes = this._files.read(handle, position, CHUNK_BYTES);
      position += bytes.length;
      return bytes.length === 0 ? undefined : bytes;
    };
    this._download(id, { reply: wanted.reply, next, close: () => this._files.close(handle) });
  }

  private _list(id: number, wanted: { readonly path: string; readonly reply: ChildReply }): void {
    const entries = this._hostFiles.list(wanted.path);
    if (entries === null) wanted.reply.result(null);
    else this._download(id, { reply: wanted.reply, next: listChunks(entries), close: () => {} });
  }

  private _download(id: number, options: DownloadOptions): void {
    const call = new DownloadCall(options);
    this._keep(id, call);
    call.begin();
  }

  private _spawn(request: SpawnRequest, reply: ChildReply): SpawnCall {
    const resolved = resolveProgram(request.argv);
    if (!resolved) throw new ChildError('program-not-found', `The sandbox has no program ${JSON.stringify(request.argv[0])}.`);
    const cwd = this._hostFiles.workingDirectory(request.cwd);
    const { processes, memoryBytes, env } = this._config;
    if (this._runs.size >= processes)
      throw new ChildError('start-failed', `${processes} processes are running, the most that this sandbox may have at once.`);
    const run = new SpawnCall({
      request,
      ...resolved,
      cwd,
      env: { ...env, ...request.env },
      memoryBytes,
      outputBytes: Math.min(request.outputBytes ?? this._config.outputBytes, this._config.outputBytes),
      pool: this._pool,
      files: this._files,
      reply,
      onEnded: (call) => this._runs.delete(call),
    });
    this._runs.add(run);
    return run;
  }

  private _stopNewest(): void {
    const newest = [...this._runs].at(-1);
    newest?.stop({ kind: 'lost', outcome: 'memory-limit', reason: 'The sandbox used more memory than it may.' });
  }

  private _keep(id: number, call: ChildCall): void {
    this._calls.set(id, call);
  }

  private _reply(id: number): ChildReply {
    const finish = (header: ToParent): void => {
      this._calls.delete(id);
      this._send(header);
    };
    return {
      started: () => this._send({ type: 'started', id }),
      data: (payload, stream) => this._send({ type: 'data', id, ...(stream === undefined ? {} : { stream }) }, payload),
      credit: (bytes) => this._send({ type: 'credit', id, bytes }),
      result: (value) => finish({ type: 'result', id, value }),
      failure: (error) => {
        const { code, message } = toChildError(error, '');
        finish({ type: 'failure', id, code, message });
      },
    };
  }
}
