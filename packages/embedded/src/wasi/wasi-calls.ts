import { clockCalls, createClock } from './clock-calls.ts';
import { descriptorCalls } from './descriptor-calls.ts';
import { pathCalls } from './path-calls.ts';
import { pollCalls } from './poll-calls.ts';
import { processCalls } from './process-calls.ts';
import { socketCalls } from './socket-calls.ts';
import { transferCalls } from './transfer-calls.ts';
import type { WasiCalls } from './wasi-call.ts';
import type { WasiProcess } from './wasi-process.ts';

/** Returns every call of WASI preview 1 that a command can import, by name. */
export function wasiCalls(process: WasiProcess): WasiCalls {
  const clock = createClock();
  return {
    ...processCalls(process),
    ...clockCalls(process, clock),
    ...pollCalls(process, clock),
    ...descriptorCalls(process),
    ...transferCalls(process),
    ...pathCalls(process),
    ...socketCalls(),
  };
}
