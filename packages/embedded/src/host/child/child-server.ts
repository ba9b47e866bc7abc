import { MemoryFileSystem } from '../../files/memory-file-system.ts';
import type { FrameHeader } from '../protocol/frame.ts';
import type { CallRequest, ConfigureHeader, PathRequest, SpawnRequest, ToChild, ToParent } from '../protocol/messages.ts';
import { CHUNK_BYTES } from '../protocol/window.ts';
import type { ChildCall, ChildReply } from './child-call.ts';
import { ChildError, toChildError } from './child-error.ts';
import { DownloadCall, type DownloadOptions } from './download-call.ts';
import { ExpiryTimer } from './expiry-timer.ts';
import { HostFiles } from './host-files.ts';
import { listChunks } from './list-chunks.ts';
import { watchMemory } from './memory-watch.ts';
import { resolveProgram } from './resolve-program.ts';
import { SpawnCall } from './spawn-call.ts';
import { UploadCall } from './upload-call.ts';
import { WorkerPool } from './worker-pool.ts';

/** The memory that the child process itself needs, including the interpreters' shared code. */
const BASE_BYTES = 512 * 1024 * 1024;

export type Send = (header: ToParent, payload?: Uint8Array) => void;

/** Handles the parent's calls, which access the files and runs of one sandbox. */
export class ChildServer {
  readonly #config: ConfigureHeader;
  readonly #send: Send;
  readonly #files: MemoryFileSystem;
  readonly #hostFiles: HostFiles;
  readonly #pool: WorkerPool;
  readonly #expiry = new ExpiryTimer();
  readonly #calls = new Map<number, ChildCall>();
  readonly #runs = new Set<SpawnCall>();

  constructor(config: ConfigureHeader, send: Send) {
    this.#config = config;
    this.#send = send;
    this.#files = new MemoryFileSystem({ workspaceBytes: config.workspaceBytes });
    this.#hostFiles = new HostFiles(this.#files);
    this.#pool = new WorkerPool({ memoryBytes: config.memoryBytes, env: config.env });
    this.#pool.refill();
    this.#expiry.set(config.expiresInMs, `The sandbox expired after ${config.expiresInMs} ms.`);
    watchMemory({
      maximumBytes: () => BASE_BYTES + 2 * (config.memoryBytes + this.#files.tree.quota.usedBytes),
      onExceeded: () => this.#stopNewest(),
    });
  }

  /**
   * Handles a frame. Headers are not checked, because the parent process runs code from this package. Frames for calls that have
   * ended are ignored.
   */
  handle(header: FrameHeader, payload: Uint8Array): void {
    const message = header as unknown as Exclude<ToChild, ConfigureHeader>;
    const call = this.#calls.get(message.id);
    if (message.type === 'call') this.#start(message.id, message.request);
    else if (message.type === 'data') call?.data?.(payload);
    else if (message.type === 'end') call?.end?.();
    else if (message.type === 'credit') call?.grant?.(message.bytes);
    else call?.cancel();
  }

  #start(id: number, request: CallRequest): void {
    const reply = this.#reply(id);
    try {
      if (request.operation === 'spawn') this.#keep(id, this.#spawn(request, reply));
      else if (request.operation === 'programs') reply.result(request.names.filter((name) => resolveProgram([name]) !== undefined));
      else if (request.operation === 'extend') this.#extend(request.expiresInMs, reply);
      else if (request.operation === 'end-processes') void this.#endRuns(reply);
      else this.#startFileCall(id, { request, reply });
    } catch (error) {
      reply.failure(toChildError(error, 'path' in request ? request.path : ''));
    }
  }

  #extend(expiresInMs: number | null, reply: ChildReply): void {
    this.#expiry.set(expiresInMs, `The sandbox expired ${expiresInMs} ms after its expiry was last changed.`);
    reply.result({});
  }

  async #endRuns(reply: ChildReply): Promise<void> {
    const runs = [...this.#runs];
    for (const run of runs) run.stop({ kind: 'lost', outcome: 'session-lost', reason: 'All processes in the sandbox were ended.' });
    await Promise.all(runs.map((run) => run.ended));
    reply.result({});
  }

  #startFileCall(id: number, call: { readonly request: PathRequest; readonly reply: ChildReply }): void {
    const { request, reply } = call;
    const { path } = request;
    if (request.operation === 'stat') reply.result(this.#hostFiles.stat(path));
    else if (request.operation === 'delete') reply.result(this.#hostFiles.delete(path));
    else if (request.operation === 'write') this.#keep(id, new UploadCall(this.#hostFiles.upload(path), reply));
    else if (request.operation === 'read') this.#read(id, { path, reply });
    else this.#list(id, { path, reply });
  }

  #read(id: number, wanted: { readonly path: string; readonly reply: ChildReply }): void {
    const handle = this.#hostFiles.openForRead(wanted.path);
    if (handle === null) {
      wanted.reply.result(null);
      return;
    }
    let position = 0;
    const next = (): Uint8Array | undefined => {
      const bytes = this.#files.read(handle, position, CHUNK_BYTES);
      position += bytes.length;
      return bytes.length === 0 ? undefined : bytes;
    };
    this.#download(id, { reply: wanted.reply, next, close: () => this.#files.close(handle) });
  }

  #list(id: number, wanted: { readonly path: string; readonly reply: ChildReply }): void {
    const entries = this.#hostFiles.list(wanted.path);
    if (entries === null) wanted.reply.result(null);
    else this.#download(id, { reply: wanted.reply, next: listChunks(entries), close: () => {} });
  }

  #download(id: number, options: DownloadOptions): void {
    const call = new DownloadCall(options);
    this.#keep(id, call);
    call.begin();
  }

  #spawn(request: SpawnRequest, reply: ChildReply): SpawnCall {
    const resolved = resolveProgram(request.argv);
    if (!resolved) throw new ChildError('program-not-found', `The sandbox has no program ${JSON.stringify(request.argv[0])}.`);
    const cwd = this.#hostFiles.workingDirectory(request.cwd);
    const { processes, memoryBytes, env } = this.#config;
    if (this.#runs.size >= processes)
      throw new ChildError('start-failed', `${processes} processes are running, which is the limit of this sandbox.`);
    const run = new SpawnCall({
      request,
      ...resolved,
      cwd,
      env: { ...env, ...request.env },
      memoryBytes,
      outputBytes: Math.min(request.outputBytes ?? this.#config.outputBytes, this.#config.outputBytes),
      pool: this.#pool,
      files: this.#files,
      reply,
      onEnded: (call) => this.#runs.delete(call),
    });
    this.#runs.add(run);
    return run;
  }

  #stopNewest(): void {
    const newest = [...this.#runs].at(-1);
    newest?.stop({ kind: 'lost', outcome: 'memory-limit', reason: 'The sandbox exceeded its memory limit.' });
  }

  #keep(id: number, call: ChildCall): void {
    this.#calls.set(id, call);
  }

  #reply(id: number): ChildReply {
    const finish = (header: ToParent): void => {
      this.#calls.delete(id);
      this.#send(header);
    };
    return {
      started: () => this.#send({ type: 'started', id }),
      data: (payload, stream) => this.#send({ type: 'data', id, ...(stream === undefined ? {} : { stream }) }, payload),
      credit: (bytes) => this.#send({ type: 'credit', id, bytes }),
      result: (value) => finish({ type: 'result', id, value }),
      failure: (error) => {
        const { code, message } = toChildError(error, '');
        finish({ type: 'failure', id, code, message });
      },
    };
  }
}
