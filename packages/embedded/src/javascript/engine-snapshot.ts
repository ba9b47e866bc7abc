import { readFileSync } from 'node:fs';
import { EvalFlags, QuickJS, type Snapshot } from 'quickjs-wasi';
import { type EngineParts, engineOptions } from './engine-parts.ts';
import { hostFunctionName } from './host-function.ts';

/** The memory of an engine that has loaded the guest's own modules: copied for every run. */
export interface EngineSnapshot {
  readonly snapshot: Snapshot;
  /** Export names of the built-in modules. */
  readonly builtins: Readonly<Record<string, readonly string[]>>;
  readonly versions: Readonly<Record<string, string>>;
}

/** Not compiled: the build copies these files beside this one. */
const guestFolder = new URL('./guest/', import.meta.url);

/** `sandpod:/fs/paths.js` is `guest/fs/paths.js`. */
function guestSource(name: string): string {
  if (!/^sandpod:(?:\/[a-z-]+){1,2}\.js$/.test(name)) throw new Error(`Expected a module of the guest folder, got ${name}.`);
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
    const cause = 'error' in outcome ? outcome.error.getProp('stack').toString() : 'they wait for something';
    throw new Error(`expected the guest's modules to load, got: ${cause}`);
  }
  promise.dispose();
}

function shared({ memory, ...rest }: Snapshot): Snapshot {
  const copy = new Uint8Array(new SharedArrayBuffer(memory.length));
  copy.set(memory);
  return { ...rest, memory: copy };
}

/** Loads the guest's modules once and keeps the engine's memory, in a form that worker threads share. */
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
