import { JSException, QuickJS } from 'quickjs-wasi';
import type { GuestContext, GuestExit, GuestProgram } from '../guest/guest-contract.ts';
import type { WasmMemory } from '../wasi/web-assembly.ts';
import { engineOptions } from './engine-parts.ts';
import type { EngineSnapshot } from './engine-snapshot.ts';
import { isOutOfMemory } from './guest-memory-error.ts';
import { type GuestRun, ProgramExit } from './guest-run.ts';
import { hostFunctionName, makeHostFunction } from './host-function.ts';
import type { JavascriptEngine } from './javascript-engine.ts';
import { type MainProgram, MainProgramError, readMainProgram } from './main-program.ts';
import { loadModule, normalizeSpecifier } from './module-loader.ts';
import { OpenHandles } from './open-handles.ts';
import { type ProgramRequest, readProgramArguments } from './program-arguments.ts';
import { ProgramRun } from './program-run.ts';
import { UnhandledRejections } from './unhandled-rejections.ts';

const usage = `Usage: node [options] [file | -] [arguments]
  -e, --eval code     run code
  -p, --print code    run code and print its value
  -v, --version       print the version
  --input-type=module treat -e or standard input as an ES module
This is QuickJS with the basics of Node; it has no network, no processes and no npm.
`;

interface Session {
  readonly engine: JavascriptEngine;
  readonly context: GuestContext;
}

function versionText({ versions }: EngineSnapshot): string {
  return `v0-sandpod (QuickJS-ng ${versions['quickjs'] ?? 'unknown'})`;
}

function write(context: GuestContext, stream: 'stdout' | 'stderr', text: string): void {
  context.writeOutput(stream, new TextEncoder().encode(text));
}

/** Creates a clock for the engine. After `process.exit`, the clock throws, which unwinds the engine. */
function exitingClock(hasExited: () => boolean) {
  return (memory: WasmMemory) => ({
    clock_time_get(_clock: number, _precision: bigint, result: number): number {
      if (hasExited()) throw new ProgramExit();
      const nanoseconds = BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;
      new DataView(memory.buffer).setBigUint64(result, nanoseconds, true);
      return 0;
    },
    fd_write: (): number => 8,
  });
}

async function restoreEngine({ engine, context }: Session): Promise<{ readonly run: GuestRun; readonly rejections: UnhandledRejections }> {
  const rejections = new UnhandledRejections();
  let run: GuestRun | undefined;
  const started = (): GuestRun => {
    if (!run) throw new Error('The engine called the host before it was ready.');
    return run;
  };
  const vm = await QuickJS.restore(engine.image.snapshot, {
    ...engineOptions(engine),
    memoryLimit: context.memoryBytes,
    wasi: exitingClock(() => run?.exitCode !== undefined),
    onUnhandledRejection: rejections.note,
    moduleLoader: {
      normalize: (from: string, specifier: string) => normalizeSpecifier(started(), { from, specifier }),
      load: (name: string) => loadModule(started(), name),
    },
  });
  run = {
    vm,
    context,
    handles: new OpenHandles(context.files),
    sources: new Map(),
    builtins: engine.image.builtins,
    exitCode: undefined,
    limit: undefined,
    isDiskFull: false,
    isMainSettled: false,
    failure: { code: 'EINVAL' },
  };
  vm.registerHostCallback(hostFunctionName, makeHostFunction(run));
  return { run, rejections };
}

function settingsFor({ engine, context }: Session, main: MainProgram): object {
  return {
    kind: main.kind,
    filename: main.filename,
    argv: ['/usr/bin/node', ...main.arguments],
    name: context.argv[0],
    env: context.env,
    cwd: context.cwd,
    memoryBytes: context.memoryBytes,
    version: versionText(engine.image).split(' ')[0],
    versions: engine.image.versions,
  };
}

function limitExit(exit: GuestExit, { limit, context }: GuestRun): GuestExit {
  if (limit === 'memory')
    return {
      exitCode: 134,
      limit,
      reason: `The program ran out of memory: its limit is ${Math.round(context.memoryBytes / 2 ** 20)} MiB.`,
    };
  if (limit === 'disk') return { ...exit, limit, reason: 'The program stopped because the disk limit was reached.' };
  return exit;
}

/**
 * Reports an error that the guest modules could not report, because the engine ran out of stack or memory, or because the program
 * replaced globals that they need.
 */
function engineFailure(run: GuestRun, error: unknown): GuestExit {
  const text = error instanceof Error ? error.message : '';
  if (error instanceof RangeError && text.includes('call stack')) {
    write(run.context, 'stderr', 'RangeError: Maximum call stack size exceeded\n');
    return { exitCode: 1 };
  }
  if (error instanceof JSException) {
    write(run.context, 'stderr', `Uncaught ${error.name}: ${error.message}\n`);
    return { exitCode: 1 };
  }
  if (!isOutOfMemory(error)) throw error;
  write(run.context, 'stderr', 'InternalError: out of memory\n');
  return limitExit({ exitCode: 134 }, { ...run, limit: 'memory' });
}

async function runProgram(
  session: Session,
  request: Exclude<ProgramRequest, { readonly type: 'version' | 'help' | 'wrong' }>,
): Promise<GuestExit> {
  const { run, rejections } = await restoreEngine(session);
  try {
    const main = readMainProgram({ vm: run.vm, context: session.context }, request);
    if (!main.isFile) run.sources.set(main.filename, main.source);
    const exit = new ProgramRun(run, rejections).execute(settingsFor(session, main), main.source);
    return limitExit(exit, run);
  } catch (error) {
    if (error instanceof MainProgramError) {
      write(session.context, 'stderr', `${error.message}\n`);
      return { exitCode: 1 };
    }
    return engineFailure(run, error);
  } finally {
    run.handles.closeAll();
  }
}

/**
 * Creates the JavaScript program of the sandbox: QuickJS with basic Node modules, called as `node`, `js` or `qjs`.
 *
 * Every run gets a fresh copy of the engine's memory, so runs share no state.
 */
export function createJavascriptProgram(engine: JavascriptEngine): GuestProgram {
  return async (context) => {
    const request = readProgramArguments(context.argv.slice(1));
    if (request.type === 'wrong') {
      write(context, 'stderr', `${context.argv[0]}: ${request.message}\n`);
      return { exitCode: 9 };
    }
    if (request.type === 'help' || request.type === 'version') {
      write(context, 'stdout', request.type === 'help' ? usage : `${versionText(engine.image)}\n`);
      return { exitCode: 0 };
    }
    return runProgram({ engine, context }, request);
  };
}
