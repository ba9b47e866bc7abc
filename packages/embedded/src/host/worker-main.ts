import { parentPort, workerData } from 'node:worker_threads';
import type { GuestExit, GuestProgram } from '../guest/guest-contract.ts';
import { loadProgram, type ProgramName } from './programs.ts';
import { ReceivedModules } from './worker/received-modules.ts';
import { removeWebGlobals } from './worker/without-web-globals.ts';
import { createWorkerContext } from './worker/worker-context.ts';
import type { FromWorker, ToWorker, WorkerLink, WorkerStart } from './worker/worker-messages.ts';

removeWebGlobals();
const link = workerData as WorkerLink;
const modules = new ReceivedModules();
const programs = new Map<ProgramName, Promise<GuestProgram>>();

function programOf(name: ProgramName): Promise<GuestProgram> {
  const program = programs.get(name) ?? loadProgram(name, modules);
  programs.set(name, program);
  return program;
}

/** Loads the interpreters one after another, so that a program that starts meanwhile waits only for the interpreter that it needs. */
async function prepare(names: readonly ProgramName[]): Promise<void> {
  for (const name of names) await programOf(name);
}

async function run(start: WorkerStart): Promise<void> {
  const program = await programOf(start.program);
  post({ type: 'running' });
  const exit: GuestExit = await program(createWorkerContext(link, start));
  post({ type: 'done', exit });
}

function post(message: FromWorker): void {
  link.port.postMessage(message);
}

function receive(message: ToWorker): void {
  if (message.type === 'start') void run(message.start);
  else if (message.type === 'prepare') prepare(message.programs).catch(() => {});
  else modules.receive(message);
}

// The listener keeps the thread alive even if the program waits for something that never happens. The deadline then ends the run.
parentPort?.on('message', receive);
