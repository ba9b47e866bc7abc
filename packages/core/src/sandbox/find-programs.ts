import type { FindProgramsOptions, Sandbox } from '../contract/sandbox.ts';

/** Asks the sandbox's shell which programs it can start. Names travel as arguments, never as shell text. */
export async function findPrograms(sandbox: Pick<Sandbox, 'run'>, options: FindProgramsOptions): Promise<ReadonlySet<string>> {
  // Shells take an empty name for found, and one with a dash for an option.
  const names = options.names.filter((name) => /^[^-]/.test(name));
  const script = 'for name; do command -v "$name" >/dev/null 2>&1 && printf "%s\\n" "$name"; done; exit 0';
  const { stdout } = await sandbox.run({ argv: ['sh', '-c', script, 'sh', ...names], abortSignal: options.abortSignal });
  const found = new Set(stdout.split('\n'));
  return new Set(names.filter((name) => found.has(name)));
}
