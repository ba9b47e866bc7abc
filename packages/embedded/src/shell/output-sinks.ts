import type { GuestContext } from '../guest/guest-contract.ts';

/** Names that no file in the sandbox has. Text that is appended to these names goes to the shell's output immediately. */
export const sinkPaths = { stdout: '/.sandpod/stdout', stderr: '/.sandpod/stderr' } as const;

export function isSink(path: string): boolean {
  return path === sinkPaths.stdout || path === sinkPaths.stderr;
}

export function writeToSink(context: GuestContext, { path, bytes }: { readonly path: string; readonly bytes: Uint8Array }): void {
  if (bytes.length > 0) context.writeOutput(path === sinkPaths.stderr ? 'stderr' : 'stdout', bytes);
}
