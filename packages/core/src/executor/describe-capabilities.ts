import type { ExecutorCapabilities, SandboxCapabilities } from '../contract/capabilities.ts';
import type { Interpreters, LanguageRegistry } from '../languages/language-registry.ts';

const SHELLS = new Set(['bash', 'sh', 'powershell']);

/** Returns the capabilities of an executor. After the start, they depend on the interpreters in the sandbox. */
export function describeCapabilities(parts: {
  readonly registry: LanguageRegistry;
  readonly sandbox: SandboxCapabilities;
  readonly interpreters: Interpreters | undefined;
  readonly hasKernels: boolean;
}): ExecutorCapabilities {
  const { registry, sandbox, interpreters, hasKernels } = parts;
  const languages = registry
    .all()
    .map(({ id, aliases, ...language }) => ({ id, aliases, policy: registry.policyOf({ id, aliases, ...language }, interpreters) }))
    .filter(({ id, policy }) => policy === 'save' || interpreters === undefined || interpreters.has(id));
  const run = languages.filter(({ policy }) => policy === 'run').map(({ id }) => id);
  return {
    languages,
    state: hasKernels ? 'kernel' : 'files',
    stdin: sandbox.stdin && !hasKernels,
    files: true,
    parallelCalls: false,
    streams: 'separate',
    exitCodes: !hasKernels,
    streaming: sandbox.shellStreaming ? run : run.filter((id) => !SHELLS.has(id)),
    network: sandbox.network,
    richResults: hasKernels,
    enforces: sandbox.enforces,
  };
}
