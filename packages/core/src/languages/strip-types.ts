import { Worker } from 'node:worker_threads';
import { SandpodError } from '../errors/sandpod-error.ts';

/** Far more than any code needs that a model writes. */
const LIMIT_MS = 30_000;
const MEMORY_MB = 256;

const WORKER = `
const { parentPort, workerData } = require('node:worker_threads');
const { stripTypeScriptTypes } = require('node:module');
process.emitWarning = () => {};
try {
  if (!stripTypeScriptTypes) throw new Error('it needs Node.js 22.13 or later where sandpod runs');
  parentPort.postMessage({ code: stripTypeScriptTypes(workerData) });
} catch ({ message, stack }) {
  const line = /^[^\\n]*:(\\d+)\\n/.exec(stack)?.[1];
  parentPort.postMessage({ problem: message.split('\\n')[0].replace(/\\.$/, '') + (line ? ' (line ' + line + ')' : '') });
}`;

/**
 * Replaces the types of TypeScript by spaces, so that lines and columns stay.
 *
 * Works in a thread that ends afterwards: Node's parser serves a whole thread, and code that is nested too deeply breaks it for good.
 *
 * @throws {SandpodError} `unsupported`, naming the line, for syntax that is wrong or means more than types (enums,
 * namespaces, parameter properties); the signal's reason when it was aborted.
 */
export async function stripTypes(code: string, abortSignal?: AbortSignal): Promise<string> {
  abortSignal?.throwIfAborted();
  const worker = new Worker(WORKER, {
    eval: true,
    workerData: code,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const stripped = Promise.withResolvers<string>();
  const fail = (problem: string): void => stripped.reject(unsupported(problem));
  const onAbort = (): void => stripped.reject(abortSignal?.reason);
  const timer = setTimeout(fail, LIMIT_MS, `it took longer than ${LIMIT_MS} ms`);
  abortSignal?.addEventListener('abort', onAbort, { once: true });
  worker.once('message', (reply: { readonly code?: string; readonly problem?: string }) =>
    reply.code === undefined ? fail(reply.problem ?? '') : stripped.resolve(reply.code),
  );
  worker.once('error', (error) => fail(error.message));
  worker.once('exit', () => fail('the parser ended without an answer'));
  try {
    return await stripped.promise;
  } finally {
    clearTimeout(timer);
    abortSignal?.removeEventListener('abort', onAbort);
    void worker.terminate();
  }
}

function unsupported(problem: string): SandpodError {
  return new SandpodError({ code: 'unsupported', message: `The types of TypeScript code could not be removed: ${problem}.` });
}
