import { createHash, createHmac, randomBytes } from 'node:crypto';
import { GuestFileError } from '../guest/guest-file-error.ts';
import type { Operations } from './guest-run.ts';
import { readToEnd } from './whole-file.ts';

const hashNames = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'];

function checkedHash(name: string): string {
  const normal = name.toLowerCase();
  if (!hashNames.includes(normal)) throw new GuestFileError('EINVAL', name);
  return normal;
}

/** The host operations behind `process`, `console` and `node:crypto` in the sandbox. */
export const processOperations: Operations = {
  write: ({ run, given, values }) => {
    const [, data] = values;
    run.context.writeOutput(
      given.count(0) === 2 ? 'stderr' : 'stdout',
      typeof data === 'string' ? new TextEncoder().encode(data) : given.bytes(1),
    );
  },
  readInput: ({ run, given }) => run.context.readInput(given.count(0, 1)),
  readAllInput: ({ run }) => readToEnd((length) => run.context.readInput(length), run.context.memoryBytes),
  exit: ({ run, given }) => {
    run.exitCode = given.count(0) & 0xff;
  },
  mainSettled: ({ run }) => {
    run.isMainSettled = true;
  },
  uncaught: ({ run, given }) => {
    const cause = given.text(0);
    if (cause === 'memory') run.limit = 'memory';
    if (cause === 'disk' && run.isDiskFull) run.limit = 'disk';
  },
  failure: ({ run }) => ({ json: run.failure }),
  memoryUsage: ({ run }) => {
    const usage = run.vm.getMemoryUsage();
    return { json: { used: usage.memoryUsedSize, total: usage.mallocSize } };
  },
  randomBytes: ({ run, given }) => {
    const size = given.count(0);
    if (size > run.context.memoryBytes) throw new GuestFileError('EINVAL', '');
    return new Uint8Array(randomBytes(size));
  },
  hash: ({ given }) =>
    new Uint8Array(
      createHash(checkedHash(given.text(0)))
        .update(given.bytes(1))
        .digest(),
    ),
  hmac: ({ given }) =>
    new Uint8Array(
      createHmac(checkedHash(given.text(0)), given.bytes(2))
        .update(given.bytes(1))
        .digest(),
    ),
  promiseState: ({ raw }) => (raw[0]?.isPromise ? raw[0].promiseState : 0),
  isProxy: ({ raw }) => (raw[0]?.isProxy ? 1 : 0),
};
