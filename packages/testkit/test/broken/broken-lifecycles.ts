import { type ByteDuplex, type Sandbox, type SandboxProvider, SandpodError } from '@sandpod/core';
import type { HostSandboxProvider } from '../host/host-sandbox-provider.ts';
import { type Breakage, changePrograms, overlay } from './wrap-provider.ts';

/** Defects of keeping, finding, claiming and reaching sandboxes, each with a test that must catch it. */
export const BROKEN_LIFECYCLES: readonly {
  readonly defect: string;
  readonly breakage?: Breakage;
  readonly provider?: (provider: HostSandboxProvider) => Partial<SandboxProvider>;
  readonly caughtBy: string;
}[] = [
  {
    defect: 'detach() disposes of the sandbox',
    breakage: (sandbox) => ({ detach: () => sandbox[Symbol.asyncDispose]() }),
    caughtBy: 'detach › attach() by id and by name finds a detached sandbox and its files',
  },
  {
    defect: 'a detached sandbox keeps responding',
    breakage: () => ({ detach: async () => {} }),
    caughtBy: 'detach › a detached sandbox refuses every call, and `lost` resolves',
  },
  {
    defect: 'detach() keeps processes that it should end',
    breakage: (sandbox) => ({ detach: () => sandbox.detach({ leftovers: 'keep' }) }),
    caughtBy: 'detach › `leftovers: end` leaves no process, however it was started',
  },
  {
    defect: 'detach() ends processes that it should keep',
    breakage: (sandbox) => ({ detach: () => sandbox.detach({ leftovers: 'end' }) }),
    caughtBy: 'detach › `leftovers: keep` leaves background processes running',
  },
  {
    defect: 'endProcesses() ends only processes that obey TERM',
    breakage: (sandbox) => ({ endProcesses: () => terminateAll(sandbox) }),
    caughtBy: 'end processes › no background process survives, however it was started',
  },
  {
    defect: 'a run that endProcesses() ended looks like a success',
    breakage: (sandbox) =>
      changePrograms(sandbox, { process: (process) => ({ wait: () => process.wait().catch(() => ({ exitCode: 0 })) }) }),
    caughtBy: 'end processes › a running program ends with session-lost, and the sandbox keeps its files and keeps working',
  },
  {
    defect: 'extend() changes nothing',
    breakage: () => ({ extend: async () => {} }),
    caughtBy: 'extend › list() shows the expiry of a new sandbox, and after extend() the new expiry, whether later or earlier',
  },
  {
    defect: 'extend() moves the listed expiry only',
    provider: (provider) => ({ list: (options) => withListedExpiries(provider, options) }),
    breakage: (sandbox) => ({ extend: async () => void listedExpiries.set(sandbox.id, Date.now() + 600_000) }),
    caughtBy: 'extend › an extended sandbox keeps running after its first expiry',
  },
  {
    defect: 'a sandbox that expired reports another end',
    breakage: (sandbox) => ({ lost: sandbox.lost.then(() => 'The sandbox was deleted.') }),
    caughtBy: 'extend › a sandbox whose expiry another client made earlier reports that it expired',
  },
  {
    defect: 'list() ignores labels',
    provider: (provider) => ({ list: () => provider.list() }),
    caughtBy: 'names and labels › list({ labels }) yields the sandboxes that have all of these labels',
  },
  {
    defect: 'a name that is in use is ignored',
    provider: (provider) => ({ create: (options) => provider.create(options).catch(unlessNamed(() => provider.create())) }),
    caughtBy: 'names and labels › if eight clients create a sandbox with the same name at the same time, exactly one of them succeeds',
  },
  {
    defect: 'two claims get the same sandbox',
    provider: (provider) => ({ claim: async (options) => (await provider.claim(options)) ?? provider.attach({ id: options.id }) }),
    caughtBy: 'claim › if eight clients claim a sandbox at the same time, exactly one of them gets it',
  },
  {
    defect: 'a claim keeps processes of the previous owner',
    provider: (provider) => ({
      claim: async ({ id, name }) => (provider.registry.claim(id, name) ? provider.attach({ id }) : undefined),
    }),
    caughtBy: 'claim › a claim keeps the files and ends all earlier processes',
  },
  {
    defect: 'disposing of a provider removes its sandboxes',
    provider: ({ registry }) => ({
      [Symbol.asyncDispose]: async () => {
        for (const { id } of registry.records()) await registry.remove(id);
      },
    }),
    caughtBy: 'provider disposal › disposal of a provider keeps its sandboxes',
  },
  {
    defect: 'a connection drops the last bytes',
    breakage: (sandbox) => ({ connect: async (options) => withoutLastBytes(await sandbox.connect(options)) }),
    caughtBy: 'connect: bytes › the last bytes of a response arrive before its end',
  },
  {
    defect: 'a connection reads ahead without a limit',
    breakage: (sandbox) => ({ connect: async (options) => readingAhead(await sandbox.connect(options)) }),
    caughtBy:
      "connect: bytes › a server that does not read blocks the writer, an unread response blocks the server, and the client's memory stays small",
  },
  {
    defect: 'an aborted connection stays open',
    breakage: (sandbox) => ({ connect: ({ abortSignal: _, ...options }) => sandbox.connect(options) }),
    caughtBy: 'connect › an abort closes an open connection, and the server sees the end',
  },
  {
    defect: 'a signal is ignored',
    breakage: (sandbox) => changePrograms(sandbox, { process: () => ({ signal: async () => {} }) }),
    caughtBy: 'signal › INT, TERM and USR1 reach the handlers of a program, which continues',
  },
];

const listedExpiries = new Map<string, number>();

async function* withListedExpiries(
  provider: SandboxProvider,
  options: Parameters<SandboxProvider['list']>[0],
): ReturnType<SandboxProvider['list']> {
  for await (const info of provider.list(options)) {
    const expiresMs = listedExpiries.get(info.id);
    yield expiresMs === undefined ? info : { ...info, expiresMs };
  }
}

async function terminateAll(sandbox: Sandbox): Promise<void> {
  await sandbox.run({ command: 'kill -s TERM -1' }).catch(() => undefined);
}

function unlessNamed<T>(create: () => Promise<T>): (error: unknown) => Promise<T> {
  return async (error) => {
    if (SandpodError.isInstance(error) && error.code === 'sandbox-exists') return create();
    throw error;
  };
}

function withoutLastBytes(connection: ByteDuplex): ByteDuplex {
  let held: Uint8Array | undefined;
  const cut = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      if (held !== undefined) controller.enqueue(held);
      held = chunk.subarray(0, -1);
    },
    flush(controller) {
      if (held !== undefined) controller.enqueue(held);
    },
  });
  return overlay(connection, { readable: connection.readable.pipeThrough(cut) });
}

function readingAhead(connection: ByteDuplex): ByteDuplex {
  const readable = new ReadableStream<Uint8Array>({
    start: async (controller) => {
      for await (const piece of connection.readable) controller.enqueue(piece);
      controller.close();
    },
  });
  return overlay(connection, { readable });
}
