import assert from 'node:assert/strict';
import type { CodeExecutor, CodeResult, ExecuteOptions, RichResult } from '@sandpod/core';
import { rejectionOf } from '../../tools/expect-failure.ts';
import { MemoryWatch } from '../../tools/memory-watch.ts';
import type { ExecutorContext } from '../executor-context.ts';
import type { ExecutorTheme } from '../executor-test.ts';

const MiB = 1024 * 1024;

type Run = (code: string, options?: ExecuteOptions) => Promise<CodeResult>;

/** Creates an executor with kernels, and returns a function that runs Python in it. */
async function kernelOf(context: ExecutorContext): Promise<{ readonly run: Run; readonly executor: CodeExecutor }> {
  const executor = await context.fresh({ state: 'kernel' });
  return { executor, run: (code, options) => executor.runCode(code, options) };
}

/** Returns the text of the main result. */
function mainValue(result: CodeResult): unknown {
  assert.equal(result.outcome, 'ok', `${result.reason}\n${result.output}`);
  return result.results.find(({ isMainResult }) => isMainResult)?.data['text/plain'];
}

function expectLoss(result: CodeResult): void {
  assert.notEqual(result.outcome, 'ok');
  assert.match(result.reason ?? '', /\w/);
  assert.equal(result.stateLost, true, `expected the loss of the variables to be reported, given ${result.outcome}: ${result.reason}`);
}

/** Code that breaks the kernel or its protocol in some way. */
const SABOTAGE: Readonly<Record<string, string>> = {
  exits: 'import os; os._exit(3)',
  'closes all descriptors': 'import os; os.closerange(0, 100)',
  'writes text between the frames':
    'import sys, os\nfor fd in range(3, 20):\n  try: os.write(fd, b"not a frame")\n  except OSError: pass\n1/0',
  'announces an endless frame':
    'import sys, os\nfor fd in range(3, 20):\n  try: os.write(fd, b"d\\xff\\xff\\xff\\xff")\n  except OSError: pass\n1/0',
  'nests an object deeply':
    'import os\nbody = b"[" * 100000\nfor fd in range(3, 20):\n  try: os.write(fd, b"x" + len(body).to_bytes(4, "big") + body)\n  except OSError: pass\n1/0',
};

/** Tests executors whose interpreters keep their variables. */
export const kernelTheme: ExecutorTheme = {
  name: 'kernel',
  tests: [
    {
      name: 'variables, functions and imports live on; the value of the last expression is the main result',
      needs: ['python', 'option-state'],
      body: async (context) => {
        const { run, executor } = await kernelOf(context);
        assert.equal(mainValue(await run('import math\nx = 20\ndef twice(n): return 2 * n')), undefined);
        const result = await run('print("out")\ntwice(x) + math.floor(2.5)');
        assert.deepEqual([result.stdout, mainValue(result), result.exitCode, result.stateLost], ['out\n', '42', null, false]);
        assert.equal(result.blocks[0]?.executionCount, 2);
        assert.equal(mainValue(await run('x;')), undefined);
        assert.equal(mainValue(await run('None')), undefined);
        assert.equal(mainValue(await run('_ + 1')), '43');
        assert.equal(mainValue(await run('import asyncio\nawait asyncio.sleep(0, "waited")')), "'waited'");
        assert.deepEqual([executor.capabilities.state, executor.capabilities.richResults], ['kernel', true]);
      },
    },
    {
      name: 'displays arrive in order, as events and in the result; an object can choose its representations',
      needs: ['python', 'option-state'],
      body: async (context) => {
        const { executor } = await kernelOf(context);
        const code = [
          'class Table:',
          '  def _repr_html_(self): return "<b>1</b>"',
          '  def _repr_png_(self): return b"\\x89PNG"',
          '  def _repr_svg_(self): raise ValueError',
          '  def __repr__(self): return "table"',
          'display(Table())',
          'class Bundle:',
          '  def _repr_mimebundle_(self, include=None, exclude=None): return {"application/x": {"n": float("nan")}, "text/plain": "b"}',
          'Bundle()',
        ].join('\n');
        const events: RichResult[] = [];
        for await (const event of executor.stream([{ language: 'python', code }])) if (event.type === 'result') events.push(event.result);
        const [table, bundle] = events;
        assert.deepEqual(table, {
          data: { 'text/html': '<b>1</b>', 'image/png': 'iVBORw==', 'text/plain': 'table' },
          isMainResult: false,
        });
        assert.deepEqual([bundle?.isMainResult, bundle?.data['text/plain']], [true, 'b']);
        assert.equal(events.length, 2);
      },
    },
    {
      name: 'an exception has a name, a value and the traceback of the code alone, and the variables live on',
      needs: ['python', 'option-state'],
      body: async (context) => {
        const { run } = await kernelOf(context);
        await run('kept = 1\ndef fail():\n    raise ValueError("no")');
        const result = await run('kept = 2\nfail()');
        const { error } = result.blocks[0] ?? {};
        assert.deepEqual([result.outcome, result.exitCode, error?.name, error?.value], ['failed', null, 'ValueError', 'no']);
        const traceback = error?.traceback.join('\n') ?? '';
        assert.match(traceback, /<cell 2>", line 2[\s\S]*fail\(\)[\s\S]*<cell 1>", line 3[\s\S]*raise ValueError\("no"\)/);
        assert.doesNotMatch(traceback, /sandpod|cells\.py|kernel/);
        assert.equal(mainValue(await run('kept')), '2');
        assert.equal((await run('print(')).blocks[0]?.error?.name, 'SyntaxError');
        assert.match((await run('input("name?")')).reason ?? '', /input\(\) cannot be used/);
      },
    },
    {
      name: 'each context has variables of its own, and a deleted context is refused',
      needs: ['python', 'option-state'],
      body: async (context) => {
        const { run, executor } = await kernelOf(context);
        const { createContext, deleteContext } = executor;
        assert.ok(createContext !== undefined && deleteContext !== undefined, 'expected an executor with contexts');
        const [{ id: contextId }, { id: other }] = await Promise.all([createContext(), createContext({ language: 'py' })]);
        await run('x = 1', { contextId });
        await run('x = 2');
        assert.equal(mainValue(await run('x', { contextId })), '1');
        assert.equal((await run('x', { contextId: other })).blocks[0]?.error?.name, 'NameError');
        assert.deepEqual([await deleteContext({ id: contextId }), await deleteContext({ id: contextId })], [true, false]);
        assert.match(String(await rejectionOf(run('x', { contextId }))), /contextId/);
        const next = await run('x');
        assert.deepEqual([mainValue(next), next.stateLost], ['2', false]);
        assert.match(String(await rejectionOf(createContext({ language: 'cobol' }))), /cobol/);
      },
    },
    {
      name: 'after the time limit the kernel lives on, or the result says that the variables are lost',
      needs: ['python', 'option-state', 'time-limit'],
      budgetMs: 60_000,
      body: async (context) => {
        const { run } = await kernelOf(context);
        await run('kept = 1');
        const result = await run('import time\nprint("before", flush=True)\nwhile True: time.sleep(0.05)', {
          timeoutMs: context.scaled(1_000),
        });
        assert.deepEqual([result.outcome, result.stdout], ['timeout', 'before\n']);
        const next = await run('"kept" in globals()');
        assert.equal(mainValue(next), result.stateLost ? 'False' : 'True');
      },
    },
    {
      name: 'code that ignores the interrupt is ended, and the result says that the variables are lost',
      needs: ['python', 'option-state', 'time-limit'],
      budgetMs: 60_000,
      body: async (context) => {
        const { run } = await kernelOf(context);
        // The search never ends, and never asks for signals.
        const stubborn = 'import itertools\n1 in itertools.repeat(0)';
        const result = await run(stubborn, { timeoutMs: context.scaled(1_000) });
        assert.equal(result.outcome, 'timeout');
        expectLoss(result);
        assert.equal(mainValue(await run('1')), '1');
      },
    },
    {
      name: 'an aborted call is cancelled, and the next call works',
      needs: ['python', 'option-state'],
      budgetMs: 60_000,
      body: async (context) => {
        const { executor, run } = await kernelOf(context);
        await run('1');
        const aborting = new AbortController();
        let result: CodeResult | undefined;
        const code = 'import time\nprint("started", flush=True)\ntime.sleep(600)';
        for await (const event of executor.stream([{ language: 'python', code }], { abortSignal: aborting.signal })) {
          if (event.type === 'stdout') aborting.abort();
          if (event.type === 'end') result = event.result;
        }
        assert.equal(result?.outcome, 'cancelled');
        assert.equal(mainValue(await run('2')), '2');
      },
    },
    ...Object.entries(SABOTAGE).map(([what, code]) => ({
      name: `code that ${what} ends with a result, and the next call has a new kernel or the old one`,
      needs: ['python', 'option-state'] as const,
      budgetMs: 60_000,
      body: async (context: ExecutorContext) => {
        const { run } = await kernelOf(context);
        await run('kept = 1');
        const result = await run(code);
        assert.notEqual(result.outcome, 'ok');
        assert.match(result.reason ?? '', /\w/);
        assert.equal(mainValue(await run('globals().get("kept")')), result.stateLost ? undefined : '1');
      },
    })),
    {
      name: 'much output is cut and the memory of the client stays small; a display that is too large becomes a note',
      needs: ['python', 'option-state'],
      budgetMs: 120_000,
      body: async (context) => {
        const { run } = await kernelOf(context);
        await run('1');
        using memory = new MemoryWatch();
        const flood = await run('for _ in range(400): print("x" * 65535)', { timeoutMs: context.scaled(40_000) });
        assert.equal(flood.outcome, 'ok', flood.reason);
        assert.ok(flood.stdout.length < 2 * MiB && flood.truncated?.stdout?.totalBytes === 400 * 65_536);
        const large = await run('class Large:\n  def _repr_html_(self): return "x" * (30 << 20)\nLarge()');
        assert.match(String(mainValue(large)), /left out/);
        assert.ok(memory.grownBytes() < 160 * MiB, `expected less than 160 MiB more memory, given ${memory.grownBytes()}`);
      },
    },
    {
      name: 'output of child processes and of descriptors is caught, in order; background output arrives with the next call',
      needs: ['python', 'option-state', 'background'],
      body: async (context) => {
        const { run } = await kernelOf(context);
        const result = await run(
          'import os, sys\nprint("one")\nsys.stdout.flush()\nos.system("echo two")\nos.write(1, b"three\\n")\nprint("four");',
        );
        assert.equal(result.stdout, 'one\ntwo\nthree\nfour\n');
        assert.equal((await run('os.system("echo oops >&2");')).stderr, 'oops\n');
        const forked = await run('import os\nchild = os.fork()\nif child == 0: print("child")');
        const waited = await run('os.waitpid(child, 0)[1]');
        assert.equal(mainValue(waited), '0');
        assert.equal(forked.stdout + waited.stdout, 'child\n');
        assert.equal((await run('import os\nos.close(1)\nos.close(2)\n5')).outcome, 'ok');
        assert.equal((await run('print("again")')).stdout, 'again\n');
      },
    },
    {
      name: 'env is set for one call, stdin and args are refused, and a named block is saved and run',
      needs: ['python', 'option-state'],
      body: async (context) => {
        const { run, executor } = await kernelOf(context);
        assert.equal(mainValue(await run('import os\nos.environ["A"]', { env: { A: 'b' } })), "'b'");
        assert.equal(mainValue(await run('os.environ.get("A")')), undefined);
        for (const options of [{ stdin: 'x' }, { args: ['x'] }]) {
          const refused = await run('1', options);
          assert.deepEqual([refused.outcome, refused.exitCode], ['refused', null]);
        }
        const named = await executor.runCode('# filename: helper.py\ndef help(): return 7\nhelp()', {
          files: [{ path: 'in.txt', content: 'given' }],
        });
        assert.deepEqual([mainValue(named), named.codeFile], ['7', 'helper.py']);
        const both = await run('import helper\n(helper.help(), open("in.txt").read())');
        assert.equal(mainValue(both), "(7, 'given')");
        const collected = await run('open("out.txt", "w").write("made");', { collectFiles: true });
        assert.deepEqual(
          collected.files.map(({ path }) => path),
          ['out.txt'],
        );
      },
    },
  ],
};
