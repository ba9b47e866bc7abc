import { ProcessLost, type RunOptions, type Sandbox } from '@sandpod/core';
import { type Breakage, changePrograms } from './wrap-provider.ts';

/** Defects that sandboxes have had, each with one test that must catch it. */
export const BROKEN_SANDBOXES: readonly { readonly defect: string; readonly breakage: Breakage; readonly caughtBy: string }[] = [
  {
    defect: 'every exit code is 0',
    breakage: (sandbox) => ({ run: async (options) => ({ ...(await sandbox.run(options)), exitCode: 0, outcome: 'ok' }) }),
    caughtBy: 'run › every exit code of a program is reported, including codes that look like a time or memory limit [row 26]',
  },
  {
    defect: 'the end of the output is cut',
    breakage: (sandbox) => changePrograms(sandbox, { process: (process) => ({ stdout: process.stdout.pipeThrough(withoutEnd()) }) }),
    caughtBy: 'output › the end of a large output is never lost, even with parallel programs [row 36]',
  },
  {
    defect: 'all output is held in memory',
    breakage: (sandbox) => ({ run: holdAll(sandbox) }),
    caughtBy: 'output › a line of 100 MB does not fill the memory of the client [row 35]',
  },
  {
    defect: 'variables are dropped',
    breakage: (sandbox) => changePrograms(sandbox, { options: ({ env: _, ...rest }) => rest as RunOptions }),
    caughtBy: 'environment › values arrive verbatim [row 14]',
  },
  {
    defect: 'the abort signal is ignored',
    breakage: (sandbox) => changePrograms(sandbox, { options: ({ abortSignal: _, ...rest }) => rest as RunOptions }),
    caughtBy: 'cancel › an aborted signal starts nothing and rejects with its reason [row 58]',
  },
  {
    defect: 'arguments go through a shell',
    breakage: (sandbox) => changePrograms(sandbox, { options: intoShell }),
    caughtBy: 'run › arguments reach a program unchanged, without a shell',
  },
  {
    defect: 'a timeout looks like an exit with 124',
    breakage: (sandbox) => ({ run: (options) => sandbox.run(options).catch(timeoutAsExit) }),
    caughtBy: 'timeout › an endless loop ends at its limit, its output so far is kept, and the next run works [row 23]',
  },
  {
    defect: 'a broken write leaves half of the new content',
    breakage: (sandbox) => ({ writeFile: writeHalf(sandbox) }),
    caughtBy: 'files: contents › an interrupted write leaves the old content and nothing else [row 20]',
  },
  {
    defect: 'names can be outside the workspace',
    breakage: (sandbox) => ({
      readTextFile: ({ path, ...rest }) => sandbox.readTextFile({ ...rest, path: path.replaceAll('../', '') || 'x' }),
    }),
    caughtBy: 'files: paths › every operation refuses names outside the workspace [row 15]',
  },
  {
    defect: 'an ended sandbox keeps responding',
    breakage: (sandbox) => ({
      run: (options) => sandbox.run(options).catch(() => ({ exitCode: 0, stdout: '', stderr: '', outcome: 'ok' as const })),
    }),
    caughtBy: 'lifecycle › an ended sandbox refuses every call',
  },
];

function withoutEnd(): TransformStream<Uint8Array, Uint8Array> {
  let held: Uint8Array | undefined;
  return new TransformStream({
    transform(chunk, controller) {
      if (held !== undefined) controller.enqueue(held);
      held = chunk;
    },
  });
}

function holdAll(sandbox: Sandbox): Sandbox['run'] {
  return async (options) => {
    const result = await sandbox.run({ ...options, keptOutputBytes: 256 * 1024 * 1024 });
    return { ...result, stdout: result.stdout.slice(0, options.keptOutputBytes) };
  };
}

function intoShell(options: RunOptions): RunOptions {
  const { argv, command: _, ...rest } = options;
  return argv === undefined ? options : { ...rest, command: argv.map((argument) => `"${argument}"`).join(' ') };
}

function timeoutAsExit(error: unknown): { exitCode: number; stdout: string; stderr: string; outcome: 'failed' } {
  if (!ProcessLost.isInstance(error)) throw error;
  return { exitCode: 124, stdout: error.stdout, stderr: error.stderr, outcome: 'failed' };
}

function writeHalf(sandbox: Sandbox): Sandbox['writeFile'] {
  return async ({ path, content }) => {
    const pieces: Uint8Array[] = [];
    try {
      for await (const piece of content) pieces.push(piece);
    } finally {
      await sandbox.writeBinaryFile({ path, content: Buffer.concat(pieces) });
    }
  };
}
