import { addAbortListener } from 'node:events';
import { Worker } from 'node:worker_threads';
import { SandpodError } from '../errors/sandpod-error.ts';

/** Far more time and memory than code from a model needs. */
const LIMIT_MS = 30_000;
const MEMORY_MB = 256;

const WORKER = `
const { parentPort, workerData } = require('node:worker_threads');
const { stripTypeScriptTypes } = require('node:module');
process.emitWarning = () => {};
try {
  if (!stripTypeScriptTypes) throw new Error('sandpod must run on Node.js 22.13 or later');
  parentPort.postMessage({ code: stripTypeScriptTypes(workerData) });
} catch ({ message, stack }) {
  const line = /^[^\\n]*:(\\d+)\\n/.exec(stack)?.[1];
  parentPort.postMessage({ problem: message.split('\\n')[0].replace(/\\.$/, '') + (line ? ' (line ' + line + ')' : '') });
}`;

/**
 * Replaces TypeScript types with spaces, so that lines and columns stay the same.
 *
 * Uses a new thread for each call, because deeply nested code breaks Node's parser for all later calls in the same thread.
 *
 * @throws {SandpodError} `unsupported` if the code has a syntax error, or contains syntax that cannot be removed as a type (enums,
 * namespaces, parameter properties). The message contains the line number. If the signal is aborted, throws the abort reason.
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
  using _listener = abortSignal && addAbortListener(abortSignal, () => stripped.reject(abortSignal.reason));
  const timer = setTimeout(fail, LIMIT_MS, `the parser took longer than ${LIMIT_MS} ms`);
  worker.once('message', (reply: { readonly code?: string; readonly problem?: string }) =>
    reply.code === undefined ? fail(reply.problem ?? '') : stripped.resolve(reply.code),
  );
  worker.once('error', (error) => fail(error.message));
  worker.once('exit', () => fail('the parser ended without a result'));
  try {
    return await stripped.promise;
  } finally {
    clearTimeout(timer);
    void worker.terminate();
  }
}

function unsupported(problem: string): SandpodError {
  return new SandpodError({ code: 'unsupported', message: `The types could not be removed from the TypeScript code: ${problem}.` });
}
