import type { RunResult } from '../contract/process.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { functionsFailed } from './functions-failed.ts';

/** Python's arguments before the names of the packages. `--upgrade` replaces what an earlier try left. */
export function installArguments(directory: string): string[] {
  return ['-m', 'pip', 'install', '-q', '--no-cache-dir', '--retries', '1', '--upgrade', '--target', directory];
}

export function noPip(packages: string): SandpodError {
  return new SandpodError({
    code: 'unsupported',
    message: `The functions need ${packages}, but the Python of this sandbox has no pip to install packages with.`,
    advice: 'Leave pythonPackages out, or use a back end or an image whose Python has pip.',
  });
}

export function installFailed(options: {
  readonly packages: string;
  readonly result: RunResult;
  readonly packageIndex: string | undefined;
}): SandpodError {
  const { packages, result, packageIndex } = options;
  return functionsFailed(`Pip install failed. The functions need ${packages}; pip exited with code ${result.exitCode}.`, {
    result,
    advice: adviceOnPackages(packageIndex),
  });
}

export function adviceOnPackages(packageIndex: string | undefined): string {
  return packageIndex === undefined
    ? 'A sandbox has no network unless the option "network" opens it: open it, or set packageIndex to a directory of wheels in the sandbox.'
    : 'See that packageIndex holds the packages and all that they depend on, and that the option "network" lets the sandbox reach it.';
}
