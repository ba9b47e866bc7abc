import type { FindProgramsOptions, Sandbox } from '../contract/sandbox.ts';

/** Returns the programs that the sandbox's shell can find. Names are passed as arguments, never as shell text. */
export async function findPrograms(sandbox: Pick<Sandbox, 'run'>, options: FindProgramsOptions): Promise<ReadonlySet<string>> {
  // Shells report an empty name as found, and treat a name with a leading dash as an option.
  const names = options.names.filter((name) => /^[^-]/.test(name));
  const script = 'for name; do command -v "$name" >/dev/null 2>&1 && printf "%s\\n" "$name"; done; exit 0';
  const { stdout } = await sandbox.run({ argv: ['sh', '-c', script, 'sh', ...names], abortSignal: options.abortSignal });
  const found = new Set(stdout.split('\n'));
  return new Set(names.filter((name) => found.has(name)));
}
