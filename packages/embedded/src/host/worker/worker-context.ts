import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { FileReply, FileRequest } from '../../files/file-request.ts';
import { RemoteFileSystem } from '../../files/remote-file-system.ts';
import type { GuestContext } from '../../guest/guest-contract.ts';
import { BlockingReply } from './blocking-reply.ts';
import { writeOutputRecords } from './output-records.ts';
import { SharedRing } from './shared-ring.ts';
import type { FromWorker, WorkerLink, WorkerStart } from './worker-messages.ts';

/**
 * Creates the context of this worker's program. The calls of the context may block. They use shared memory to reach the thread
 * that owns files and streams.
 */
export function createWorkerContext(link: WorkerLink, start: WorkerStart): GuestContext {
  const { argv, env, cwd, memoryBytes } = start;
  const output = new SharedRing(link.output);
  const input = new SharedRing(link.input);
  return {
    argv,
    env,
    cwd,
    memoryBytes,
    files: new RemoteFileSystem((request) => exchange(link, request)),
    readInput: (length) => readInput(link.port, { input, length }),
    writeOutput: (stream, bytes) => {
      const onWritten = (): void => {
        if (output.needsWake()) post(link.port, { type: 'output' });
      };
      writeOutputRecords(output, { stream, bytes, onWritten });
    },
    sleep: (milliseconds) => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.max(0, milliseconds));
    },
  };
}

function post(port: MessagePort, message: FromWorker): void {
  port.postMessage(message);
}

function readInput(port: MessagePort, wanted: { readonly input: SharedRing; readonly length: number }): Uint8Array {
  const { input, length } = wanted;
  if (length <= 0) return new Uint8Array(0);
  input.waitForBytes();
  const bytes = input.peek(0, Math.min(length, input.used));
  input.consume(bytes.length);
  if (bytes.length > 0 && input.needsWake()) post(port, { type: 'input' });
  return bytes;
}

function exchange(link: WorkerLink, request: FileRequest): FileReply {
  const reply = new BlockingReply(link.signal);
  post(link.port, { type: 'file', request });
  return reply.wait(() => (receiveMessageOnPort(link.port) as { readonly message: FileReply } | undefined)?.message);
}
