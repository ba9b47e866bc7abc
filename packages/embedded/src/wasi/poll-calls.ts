import type { ReadClock } from './clock-calls.ts';
import { WASI_ERRNO, WasiError } from './errno.ts';
import type { WasiCalls } from './wasi-call.ts';
import type { WasiProcess } from './wasi-process.ts';

const MAXIMUM_SUBSCRIPTIONS = 4096;
const SUBSCRIPTION_BYTES = 48;
const EVENT_BYTES = 32;
const CLOCK = 0;
const READ = 1;
const WRITE = 2;
const ABSOLUTE_TIME = 1;
// Longer waits are split into pieces, because 32-bit timers fire at once above this value.
const LONGEST_SLEEP_MS = 2 ** 31 - 1;

interface Subscription {
  readonly userData: bigint;
  readonly type: number;
  /** The time to wait after the beginning of the call, in nanoseconds. 0 if the subscription is for a descriptor. */
  readonly waitNanoseconds: bigint;
  readonly errno: number;
}

/**
 * Implements `poll_oneoff`. Every open descriptor is reported as ready, like a regular file on Linux. A read from standard
 * input then blocks until input arrives. Only clocks wait.
 */
export function pollCalls(process: WasiProcess, readClock: ReadClock): WasiCalls {
  return {
    poll_oneoff: (input: number, output: number, count: number, eventCount: number) => {
      if (count === 0 || count >>> 0 > MAXIMUM_SUBSCRIPTIONS) throw new WasiError('EINVAL');
      process.memory.window(output, (count >>> 0) * EVENT_BYTES);
      const subscriptions = Array.from({ length: count }, (_, index) =>
        readSubscription(process, { pointer: (input >>> 0) + index * SUBSCRIPTION_BYTES, readClock }),
      );
      const soonest = shortestWait(subscriptions);
      sleep(process, { nanoseconds: soonest, readClock });
      const events = subscriptions.filter(({ waitNanoseconds: wait }) => wait <= soonest);
      for (const [index, event] of events.entries()) writeEvent(process, (output >>> 0) + index * EVENT_BYTES, event);
      process.memory.setUint32(eventCount, events.length);
    },
  };
}

function readSubscription(process: WasiProcess, at: { readonly pointer: number; readonly readClock: ReadClock }): Subscription {
  const { memory } = process;
  const userData = memory.getUint64(at.pointer);
  const type = memory.getUint8(at.pointer + 8);
  if (type === READ || type === WRITE) {
    const errno = isOpen(process, memory.getUint32(at.pointer + 16)) ? WASI_ERRNO.SUCCESS : WASI_ERRNO.EBADF;
    return { userData, type, waitNanoseconds: 0n, errno };
  }
  if (type !== CLOCK) throw new WasiError('EINVAL');
  const now = at.readClock(memory.getUint32(at.pointer + 16));
  const time = memory.getUint64(at.pointer + 24);
  const isAbsolute = (memory.getUint16(at.pointer + 40) & ABSOLUTE_TIME) !== 0;
  const wait = isAbsolute ? time - now : time;
  return { userData, type, waitNanoseconds: wait > 0n ? wait : 0n, errno: WASI_ERRNO.SUCCESS };
}

function shortestWait(subscriptions: readonly Subscription[]): bigint {
  let shortest = 2n ** 64n;
  for (const { waitNanoseconds: wait } of subscriptions) if (wait < shortest) shortest = wait;
  return shortest;
}

function isOpen(process: WasiProcess, descriptor: number): boolean {
  try {
    process.descriptors.get(descriptor);
    return true;
  } catch {
    return false;
  }
}

function sleep(process: WasiProcess, wanted: { readonly nanoseconds: bigint; readonly readClock: ReadClock }): void {
  const until = wanted.readClock(1) + wanted.nanoseconds;
  for (let left = wanted.nanoseconds; left > 0n; left = until - wanted.readClock(1)) {
    process.context.sleep(Math.min(LONGEST_SLEEP_MS, Number(left) / 1e6));
  }
}

function writeEvent(process: WasiProcess, pointer: number, event: Subscription): void {
  process.memory.window(pointer, EVENT_BYTES).fill(0);
  process.memory.setUint64(pointer, event.userData);
  process.memory.setUint32(pointer + 8, event.errno | (event.type << 16));
  if (event.type !== CLOCK) process.memory.setUint64(pointer + 16, 1n);
}
