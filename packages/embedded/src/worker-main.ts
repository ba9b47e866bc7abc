import { parentPort, workerData } from 'node:worker_threads';
import type { GuestContext, GuestExit, GuestProgram } from './guest/guest-contract.ts';
import { loadProgram, loadPython, type ProgramName } from './host/programs.ts';
import { ReceivedModules } from './host/worker/received-modules.ts';
import { waitForStart } from './host/worker/wait-for-start.ts';
import { removeWebGlobals } from './host/worker/without-web-globals.ts';
import { createWorkerContext } from './host/worker/worker-context.ts';
import type { FromWorker, NeedMessage, ToWorker, WorkerLink, WorkerStart } from './host/worker/worker-messages.ts';
import type { PythonProgram } from './python/python-program.ts';

/** After this many milliseconds without a program, a worker frees memory. */
const COLLECT_AFTER_MS = 200;

removeWebGlobals();
const link = workerData as WorkerLink;
const modules = new ReceivedModules((name) => parentPort?.postMessage({ type: 'need', name } satisfies NeedMessage));
const programs = new Map<ProgramName, Promise<GuestProgram>>();
let python: Promise<PythonProgram> | undefined;
let isBusy = false;
let collecting: NodeJS.Timeout | undefined;

function pythonProgram(): Promise<PythonProgram> {
  python ??= loadPython(modules);
  return python;
}

function programOf(name: ProgramName): Promise<GuestProgram> {
  if (name === 'python') return pythonProgram();
  const program = programs.get(name) ?? loadProgram(name, modules);
  programs.set(name, program);
  return program;
}

async function prepare({ program, env }: Extract<ToWorker, { type: 'prepare' }>): Promise<void> {
  if (program === 'python') startAhead(await pythonProgram(), env);
  else await programOf(program);
}

/** Starts Python, which then blocks this thread until a program comes. Does nothing if a program has already come. */
function startAhead(program: PythonProgram, env: Readonly<Record<string, string>>): void {
  if (isBusy) return;
  let start: WorkerStart | undefined;
  const wait = (): GuestContext | undefined => {
    start = waitForStart(link, { onOther: receive, onIdle: collectGarbage });
    begin();
    if (start.program !== 'python') return undefined;
    post({ type: 'running' });
    return createWorkerContext(link, start);
  };
  const exit = program.startAhead({ env, wait });
  if (exit !== undefined) finish(exit);
  else if (start !== undefined) void run(start);
}

async function run(start: WorkerStart): Promise<void> {
  begin();
  const program = await programOf(start.program);
  post({ type: 'running' });
  finish(await program(createWorkerContext(link, start)));
}

function begin(): void {
  isBusy = true;
  clearTimeout(collecting);
}

/** Reports the end of a program. The memory of its interpreter is freed when nothing is waiting for this thread. */
function finish(exit: GuestExit): void {
  isBusy = false;
  post({ type: 'done', exit });
  collecting = setTimeout(collectGarbage, COLLECT_AFTER_MS);
}

function collectGarbage(): void {
  globalThis.gc?.();
}

function post(message: FromWorker): void {
  link.port.postMessage(message);
}

function receive(message: Exclude<ToWorker, { type: 'start' }>): void {
  if (message.type === 'prepare') prepare(message).catch(() => {});
  else modules.receive(message);
}

// The listener keeps the thread alive even if the program waits for something that never happens. The deadline then ends the run.
parentPort?.on('message', (message: ToWorker) => {
  if (message.type === 'start') void run(message.start);
  else receive(message);
});
