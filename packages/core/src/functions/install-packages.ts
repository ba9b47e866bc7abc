import type { RunResult } from '../contract/process.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { functionsFailed } from './functions-failed.ts';

/** Returns the Python arguments that precede the package names. `--upgrade` replaces incomplete packages from an earlier attempt. */
export function installArguments(directory: string): string[] {
  return ['-m', 'pip', 'install', '-q', '--no-cache-dir', '--retries', '1', '--upgrade', '--target', directory];
}

export function noPip(packages: string): SandpodError {
  return new SandpodError({
    code: 'unsupported',
    message: `The functions need ${packages}, but the Python in this sandbox has no pip.`,
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
    ? 'A sandbox has no network by default. Set the option "network", or set packageIndex to a directory of wheels in the sandbox.'
    : 'Check that packageIndex contains the packages and their dependencies, and that the option "network" lets the sandbox reach it.';
}
