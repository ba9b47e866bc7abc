import { readFileSync } from 'node:fs';
import { EvalFlags, QuickJS, type Snapshot } from 'quickjs-wasi';
import { packageFile } from '../package-files.ts';
import { type EngineParts, engineOptions } from './engine-parts.ts';
import { hostFunctionName } from './host-function.ts';

/** The memory of an engine that has loaded the guest modules. Every run gets a copy. */
export interface EngineSnapshot {
  readonly snapshot: Snapshot;
  /** The names that each built-in module exports. */
  readonly builtins: Readonly<Record<string, readonly string[]>>;
  readonly versions: Readonly<Record<string, string>>;
}

/** The build does not compile these files, but copies them next to this file. */
const guestFolder = packageFile('javascript/guest/');

/** Reads the source of a guest module. For example, `sandpod:/fs/paths.js` is the file `guest/fs/paths.js`. */
function guestSource(name: string): string {
  if (!/^sandpod:(?:\/[a-z-]+){1,2}\.js$/.test(name)) throw new Error(`Expected a module in the guest folder, got ${name}.`);
  return readFileSync(new URL(`.${name.slice('sandpod:'.length)}`, guestFolder), 'utf8');
}

const moduleLoader = {
  normalize: (from: string, specifier: string): string => new URL(specifier, from).href,
  load: guestSource,
};

async function loadGuestModules(vm: QuickJS): Promise<void> {
  const promise = vm.evalCode(`import 'sandpod:/boot.js';`, 'sandpod:/start', EvalFlags.TYPE_MODULE);
  vm.executePendingJobs();
  if (promise.promiseState !== 1) {
    const outcome = await vm.resolvePromise(promise);
    const cause = 'error' in outcome ? outcome.error.getProp('stack').toString() : 'they are waiting for something';
    throw new Error(`Expected the guest modules to load, got: ${cause}`);
  }
  promise.dispose();
}

function shared({ memory, ...rest }: Snapshot): Snapshot {
  const copy = new Uint8Array(new SharedArrayBuffer(memory.length));
  copy.set(memory);
  return { ...rest, memory: copy };
}

/** Loads the guest modules once and returns the engine's memory in a form that worker threads can share. */
export async function takeEngineSnapshot(parts: EngineParts): Promise<EngineSnapshot> {
  const vm = await QuickJS.create({ ...engineOptions(parts), moduleLoader });
  try {
    vm.newFunction(hostFunctionName, () => vm.undefined).consume((host) => vm.setProp(vm.global, hostFunctionName, host));
    await loadGuestModules(vm);
    const names = vm.evalCode('__sandpod.names()').consume((handle) => handle.toString());
    vm.runGC();
    return { snapshot: shared(vm.snapshot()), builtins: JSON.parse(names) as Record<string, string[]>, versions: { ...vm.versions } };
  } finally {
    vm.dispose();
  }
}
