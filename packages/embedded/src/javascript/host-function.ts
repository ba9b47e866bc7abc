import type { HostFunction } from 'quickjs-wasi';
import { GuestFileError } from '../guest/guest-file-error.ts';
import { fileOperations } from './file-operations.ts';
import { GuestArguments } from './guest-arguments.ts';
import { GuestMemoryError, isOutOfMemory } from './guest-memory-error.ts';
import type { GuestRun, Operations } from './guest-run.ts';
import { readGuestValue, writeHostResult } from './guest-value.ts';
import { intlOperations } from './intl-operations.ts';
import { moduleOperations } from './module-operations.ts';
import { processOperations } from './process-operations.ts';

/** The name of the global variable that contains the host function while the guest modules load. */
export const hostFunctionName = '__sandpodHost';

const operations: Operations = { ...fileOperations, ...intlOperations, ...processOperations, ...moduleOperations };

function noteFailure(run: GuestRun, error: unknown): void {
  if (error instanceof GuestFileError) {
    run.failure = { code: error.code, ...(error.path === '' ? {} : { path: error.path }) };
    if (error.code === 'ENOSPC') run.isDiskFull = true;
    return;
  }
  if (isOutOfMemory(error)) run.failure = { code: 'OUT_OF_MEMORY' };
  else run.failure = { code: error instanceof GuestMemoryError ? 'ENOMEM' : 'EINVAL' };
}

/**
 * Creates the only host function that the guest can call.
 *
 * The function never throws, so no host error and no host path reaches the guest. If an operation fails, the function returns
 * `null`, and the operation `failure` then returns the error code.
 */
export function makeHostFunction(run: GuestRun): HostFunction {
  const { vm } = run;
  return (...raw) => {
    try {
      const [name, ...values] = raw.map(readGuestValue);
      const operation = typeof name === 'string' && Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (!operation) throw new GuestFileError('EINVAL', '');
      const result = operation({ run, given: new GuestArguments(values), values, raw: raw.slice(1) });
      return writeHostResult(vm, result ?? undefined);
    } catch (error) {
      noteFailure(run, error);
      return vm.null;
    }
  };
}
