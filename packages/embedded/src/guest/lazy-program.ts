import type { GuestProgram } from './guest-contract.ts';

/** Returns a program that is loaded when it first runs. */
export function lazyProgram(load: () => Promise<GuestProgram>): GuestProgram {
  let program: Promise<GuestProgram> | undefined;
  return async (context) => {
    program ??= load();
    return (await program)(context);
  };
}
