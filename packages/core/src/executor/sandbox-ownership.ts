import type { Leftovers, Sandbox } from '../contract/sandbox.ts';
import type { SandboxProvider, SandboxReference } from '../contract/sandbox-provider.ts';
import { resolvesWithin } from '../control/settles-within.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import type { ResolvedOptions } from './command-line-options.ts';
import type { OpenSessionOptions } from './queued-code-executor.ts';
import type { CloseReason } from './session-keeper.ts';
import { withinStart } from './within-start.ts';

type Ownership = Pick<ResolvedOptions, 'attachTo' | 'autoRemove' | 'leftovers'>;

/** Creates the executor's sandbox, or attaches to the sandbox in the option `attachTo`. */
export async function openSandbox(options: ResolvedOptions, { onProgress, abortSignal }: OpenSessionOptions): Promise<Sandbox> {
  const { provider, attachTo, startTimeoutMs, expiresInMs } = options;
  if (attachTo === undefined) return provider.create({ startTimeoutMs, expiresInMs, onProgress, abortSignal });
  const attach = (signal: AbortSignal): Promise<Sandbox> => attachUntil(signal, { provider, attachTo });
  return withinStart(attach, { what: 'answer', timeoutMs: startTimeoutMs, abortSignal });
}

/** Attaches to a sandbox, and detaches from it again if the signal has aborted in the meantime. */
async function attachUntil(
  abortSignal: AbortSignal,
  { provider, attachTo }: { readonly provider: SandboxProvider; readonly attachTo: SandboxReference },
): Promise<Sandbox> {
  const sandbox = await provider.attach({ ...attachTo, abortSignal });
  if (abortSignal.aborted) await sandbox.detach({ leftovers: 'keep' });
  abortSignal.throwIfAborted();
  return sandbox;
}

/** Removes the sandbox. If the options require that the sandbox is kept, detaches from it instead. */
export async function closeSandbox(
  sandbox: Sandbox,
  { options, reason }: { readonly options: Ownership; readonly reason: CloseReason },
): Promise<void> {
  if (await isLeft(sandbox, { options, reason })) return;
  await sandbox[Symbol.asyncDispose]();
}

/** Detaches from a sandbox that must be kept. Returns false if the sandbox must be removed. */
async function isLeft(
  sandbox: Sandbox,
  { options, reason }: { readonly options: Ownership; readonly reason: CloseReason },
): Promise<boolean> {
  const { attachTo, autoRemove, leftovers } = options;
  if (attachTo === undefined) return reason === 'disposed' && autoRemove === false && isDetached(sandbox, 'end');
  if (autoRemove === true) return false;
  if (reason !== 'discarded') return isDetached(sandbox, leftovers);
  // The owner of the sandbox may still need it, but the programs of the ended call must not continue to run.
  return (await resolvesWithin(sandbox.endProcesses())) && isDetached(sandbox, 'keep');
}

/** Returns true if the sandbox was detached. @throws the error if the sandbox still exists and may continue to run programs. */
async function isDetached(sandbox: Sandbox, leftovers: Leftovers): Promise<boolean> {
  try {
    await sandbox.detach({ leftovers });
    return true;
  } catch (error) {
    if (leftovers === 'end' || (SandpodError.isInstance(error) && error.code === 'sandbox-ended')) return false;
    throw error;
  }
}
