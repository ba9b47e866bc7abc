import { readFileSync } from 'node:fs';
import { EvalFlags, QuickJS, type Snapshot } from 'quickjs-wasi';
import { builtFile } from '../package-files.ts';
import { type EngineParts, engineOptions } from './engine-parts.ts';
import { hostFunctionName } from './host-function.ts';

/** The memory of an engine that has loaded the guest modules. Every run gets a copy. */
export interface EngineSnapshot {
  readonly snapshot: Snapshot;
  /** The names that each built-in module exports. */
  readonly builtins: Readonly<Record<string, readonly string[]>>;
  readonly versions: Readonly<Record<string, string>>;
}

/** The modules of Node's library, bundled by the build. */
const GUEST_MODULE = 'sandpod:/guest.js';

const moduleLoader = {
  normalize: (_from: string, specifier: string): string => specifier,
  load: (name: string): string => {
    if (name !== GUEST_MODULE) throw new Error(`Expected the bundled guest module, got ${name}.`);
    return readFileSync(builtFile('javascript/guest.js'), 'utf8');
  },
};

async function loadGuestModules(vm: QuickJS): Promise<void> {
  const promise = vm.evalCode(`import '${GUEST_MODULE}';`, 'sandpod:/start', EvalFlags.TYPE_MODULE);
  vm.executePendingJobs();
  if (promise.promiseState !== 1) {
    const outcome = await vm.resolvePromise(promise);
    const cause = 'error' in outcome ? outcome.error.getProp('stack').toString() : 'they are waiting for something';
    throw new Error(`Expected the guest modules to load, got: ${cause}`);
  }
  promise.dispose();
}

/** Loads the guest modules and returns the engine's memory. */
export async function takeEngineSnapshot(parts: EngineParts): Promise<EngineSnapshot> {
  const vm = await QuickJS.create({ ...engineOptions(parts), moduleLoader });
  try {
    vm.newFunction(hostFunctionName, () => vm.undefined).consume((host) => vm.setProp(vm.global, hostFunctionName, host));
    await loadGuestModules(vm);
    const names = vm.evalCode('__sandpod.names()').consume((handle) => handle.toString());
    vm.runGC();
    return { snapshot: vm.snapshot(), builtins: JSON.parse(names) as Record<string, string[]>, versions: { ...vm.versions } };
  } finally {
    vm.dispose();
  }
}
