import { WasiError } from './errno.ts';
import type { WasiCalls } from './wasi-call.ts';
import type { WasiProcess } from './wasi-process.ts';

export type ReadClock = (id: number) => bigint;

const REALTIME = 0;
const LAST_CLOCK = 3;
const RESOLUTION_NANOSECONDS = 1000n;

/** Creates a function that returns the time of a WASI clock in nanoseconds. The clocks for CPU time count from the start of the process. */
export function createClock(): ReadClock {
  const startedMs = performance.now();
  return (id) => {
    if (id >>> 0 > LAST_CLOCK) throw new WasiError('EINVAL');
    const now = performance.now();
    if (id === REALTIME) return BigInt(Math.round((performance.timeOrigin + now) * 1000)) * 1000n;
    return BigInt(Math.round((now - startedMs) * 1e6));
  };
}

export function clockCalls(process: WasiProcess, readClock: ReadClock): WasiCalls {
  return {
    clock_res_get: (id: number, pointer: number) => {
      readClock(id);
      process.memory.setUint64(pointer, RESOLUTION_NANOSECONDS);
    },
    clock_time_get: (id: number, _precision: bigint, pointer: number) => process.memory.setUint64(pointer, readClock(id)),
  };
}
