import type { RunOptions, Sandbox, SandboxProcess, SandboxProvider, SpawnOptions } from '@sandpod/core';

/** The members that a broken back end replaces. Everything else works. */
export type Breakage = (sandbox: Sandbox) => Partial<Sandbox>;

/** A provider whose sandboxes have this defect, from all methods. */
export function wrapProvider(provider: SandboxProvider, breakage: Breakage, changes: Partial<SandboxProvider> = {}): SandboxProvider {
  const whole = overlay(provider, changes);
  const breakIn = (sandbox: Sandbox): Sandbox => overlay(sandbox, breakage(sandbox));
  return overlay(whole, {
    create: async (options) => breakIn(await whole.create(options)),
    attach: async (options) => breakIn(await whole.attach(options)),
    claim: async (options) => {
      const sandbox = await whole.claim?.(options);
      return sandbox === undefined ? undefined : breakIn(sandbox);
    },
  });
}

/** Changes the options or the process of every program. */
export function changePrograms(
  sandbox: Sandbox,
  change: {
    readonly options?: (options: RunOptions) => RunOptions;
    readonly process?: (process: SandboxProcess) => Partial<SandboxProcess>;
  },
): Partial<Sandbox> {
  const { options: changeOptions = (options: RunOptions) => options, process: changeProcess = () => ({}) } = change;
  return {
    spawn: async (options) => {
      const process = await sandbox.spawn(changeOptions(options as RunOptions) as SpawnOptions);
      return overlay(process, changeProcess(process));
    },
    run: async (options) => sandbox.run(changeOptions(options)),
  };
}

/** The target with some members replaced. Its own methods keep their `this`. */
export function overlay<Target extends object>(target: Target, changes: Partial<Target>): Target {
  return new Proxy(target, {
    get(_, key) {
      if (Object.hasOwn(changes, key)) return Reflect.get(changes, key);
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
