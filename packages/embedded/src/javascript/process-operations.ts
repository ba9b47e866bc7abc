import { createHash, createHmac, pbkdf2Sync, randomBytes, scryptSync } from 'node:crypto';
import { GuestFileError } from '../guest/guest-file-error.ts';
import type { Operations } from './guest-run.ts';
import { readToEnd } from './whole-file.ts';

const hashNames = ['md5', 'ripemd160', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3-256', 'sha3-512', 'blake2b512', 'blake2s256'];
/** The maximum work of a key derivation: about five seconds. The host cannot end the thread during a derivation. */
const maximumWork = 2 ** 23;
const maximumKeyBytes = 65_536;

function checkedHash(name: string): string {
  const normal = name.toLowerCase();
  if (!hashNames.includes(normal)) throw new GuestFileError('EINVAL', name);
  return normal;
}

/** Refuses a long key derivation, because the host cannot stop a derivation that has begun. @throws {GuestFileError} `EINVAL`. */
function checkWork(work: number, length: number): void {
  if (work > maximumWork || length > maximumKeyBytes) throw new GuestFileError('EINVAL', '');
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
  pbkdf2: ({ given }) => {
    const [iterations, length] = [given.count(2, 1), given.count(3)];
    checkWork(iterations * Math.max(1, Math.ceil(length / 16)), length);
    return new Uint8Array(pbkdf2Sync(given.bytes(0), given.bytes(1), iterations, length, checkedHash(given.text(4))));
  },
  scrypt: ({ given }) => {
    const [length, cost, blockSize, parallelization] = [given.count(2), given.count(3, 2), given.count(4, 1), given.count(5, 1)];
    checkWork(cost * blockSize * parallelization, length);
    return new Uint8Array(scryptSync(given.bytes(0), given.bytes(1), length, { cost, blockSize, parallelization }));
  },
  promiseState: ({ raw }) => (raw[0]?.isPromise ? raw[0].promiseState : 0),
  isProxy: ({ raw }) => (raw[0]?.isProxy ? 1 : 0),
};
