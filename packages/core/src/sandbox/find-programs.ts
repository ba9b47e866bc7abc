import type { FindProgramsOptions, Sandbox } from '../contract/sandbox.ts';

/** Asks the sandbox's shell which programs it can start. Names travel as arguments, never as shell text. */
export async function findPrograms(sandbox: Pick<Sandbox, 'run'>, options: FindProgramsOptions): Promise<ReadonlySet<string>> {
  const script = 'for name; do command -v "$name" >/dev/null 2>&1 && printf "%s\\n" "$name"; done; exit 0';
  const { stdout } = await sandbox.run({ argv: ['sh', '-c', script, 'sh', ...options.names], abortSignal: options.abortSignal });
  const found = new Set(stdout.split('\n'));
  return new Set(options.names.filter((name) => found.has(name)));
}
