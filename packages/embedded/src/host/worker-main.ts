import { parentPort, workerData } from 'node:worker_threads';
import type { GuestExit, GuestProgram } from '../guest/guest-contract.ts';
import { loadProgram, type ProgramModules, type ProgramName } from './programs.ts';
import { createWorkerContext } from './worker/worker-context.ts';
import type { FromWorker, ToWorker, WorkerLink, WorkerStart } from './worker/worker-messages.ts';

const link = workerData as WorkerLink;
const modules = Promise.withResolvers<ProgramModules>();
const programs = new Map<ProgramName, Promise<GuestProgram>>();

function programOf(name: ProgramName): Promise<GuestProgram> {
  const program = programs.get(name) ?? modules.promise.then((shared) => loadProgram(name, shared));
  programs.set(name, program);
  return program;
}

/** Loads the interpreters one after another, so that a program that starts meanwhile waits only for the interpreter that it needs. */
async function prepare(shared: ProgramModules, names: readonly ProgramName[]): Promise<void> {
  modules.resolve(shared);
  for (const name of names) await programOf(name);
}

async function run(start: WorkerStart): Promise<void> {
  const program = await programOf(start.program);
  const exit: GuestExit = await program(createWorkerContext(link, start));
  const message: FromWorker = { type: 'done', exit };
  link.port.postMessage(message);
}

// The listener keeps the thread alive even if the program waits for something that never happens. The deadline then ends the run.
parentPort?.on('message', (message: ToWorker) => {
  void (message.type === 'start' ? run(message.start) : prepare(message.modules, message.programs));
});
