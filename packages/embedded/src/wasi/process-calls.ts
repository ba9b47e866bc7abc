import { randomFillSync } from 'node:crypto';
import type { WasiCalls } from './wasi-call.ts';
import type { WasiProcess } from './wasi-process.ts';

const utf8 = new TextEncoder();

interface EncodedStrings {
  readonly strings: readonly Uint8Array[];
  readonly size: number;
}

/** Thrown by `proc_exit` to leave the guest's stack. */
export class WasiExit extends Error {
  override readonly name = 'WasiExit';
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`exit ${exitCode}`);
    this.exitCode = exitCode;
  }
}

/** Returns the calls for arguments, environment, random bytes and the end of a process. */
export function processCalls(process: WasiProcess): WasiCalls {
  const argv = encodeStrings(process.argv);
  const later = encodeEnv(process.laterEnv);
  let env = encodeEnv(process.env);
  return {
    args_sizes_get: (count: number, size: number) => writeSizes(process, argv, { count, size }),
    args_get: (pointers: number, buffer: number) => writeStrings(process, argv, { pointers, buffer }),
    environ_sizes_get: (count: number, size: number) => {
      writeSizes(process, env, { count, size });
      // With a count of zero, the program never calls environ_get.
      if (env.strings.length === 0) env = later;
    },
    environ_get: (pointers: number, buffer: number) => {
      writeStrings(process, env, { pointers, buffer });
      env = later;
    },
    random_get: (pointer: number, length: number) => {
      randomFillSync(process.memory.window(pointer, length));
    },
    proc_exit: (exitCode: number) => {
      throw new WasiExit(exitCode & 0xff);
    },
    sched_yield: () => undefined,
  };
}

function encodeEnv(env: Readonly<Record<string, string>>): EncodedStrings {
  return encodeStrings(Object.entries(env).map(([key, value]) => `${key}=${value}`));
}

function encodeStrings(texts: readonly string[]): EncodedStrings {
  const strings = texts.map((text) => utf8.encode(`${text.replaceAll('\0', '')}\0`));
  return { strings, size: strings.reduce((total, text) => total + text.length, 0) };
}

function writeSizes(process: WasiProcess, encoded: EncodedStrings, at: { readonly count: number; readonly size: number }): void {
  process.memory.setUint32(at.count, encoded.strings.length);
  process.memory.setUint32(at.size, encoded.size);
}

function writeStrings(process: WasiProcess, encoded: EncodedStrings, at: { readonly pointers: number; readonly buffer: number }): void {
  let buffer = at.buffer >>> 0;
  for (const [index, text] of encoded.strings.entries()) {
    process.memory.setUint32((at.pointers >>> 0) + index * 4, buffer);
    process.memory.setBytes(buffer, text);
    buffer += text.length;
  }
}
