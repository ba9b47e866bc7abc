import assert from 'node:assert/strict';
import type { CodeExecutor } from '@sandpod/core';
import { expectSandpodError } from '../../tools/expect-failure.ts';
import { pause } from '../../tools/within.ts';
import type { ExecutorContext } from '../executor-context.ts';
import type { ExecutorTheme } from '../executor-test.ts';
import { pureWheel } from '../pure-wheel.ts';
import { ADD } from './functions.ts';

const CALL = 'from functions import add_two_numbers\nprint(add_two_numbers(1, 2))';
/** A function whose module takes a long time to import. */
const SLOW = 'def f(x=__import__("time").sleep(600)):\n    return 1';

/** Runs the call, and returns how many times it waited for the setup of the functions. */
async function setups(context: ExecutorContext, executor: CodeExecutor): Promise<number> {
  const phases: string[] = [];
  assert.equal(context.expectOk(await executor.runCode(CALL, { onProgress: ({ phase }) => phases.push(phase) })), '3\n');
  return phases.filter((phase) => phase === 'functions').length;
}

/** Tests the time, the number and the failures of function setups. */
export const functionsSetupTheme: ExecutorTheme = {
  name: 'functions set-up',
  tests: [
    {
      name: 'it happens once, even for parallel calls, and again in a new sandbox',
      needs: ['python', 'option-functions'],
      budgetMs: 120_000,
      body: async (context) => {
        const executor = await context.fresh({ functions: [ADD] });
        const counts = await Promise.all([setups(context, executor), setups(context, executor), setups(context, executor)]);
        assert.deepEqual(counts.toSorted(), [0, 0, 1]);
        assert.equal(await setups(context, executor), 0);
        await executor.restart();
        assert.equal(await setups(context, executor), 1);
      },
    },
    {
      name: 'a sandbox that replaces a lost sandbox has the functions',
      needs: ['python', 'option-functions', 'destroy'],
      budgetMs: 120_000,
      body: async (context) => {
        const executor = await context.fresh({ functions: [ADD] });
        await setups(context, executor);
        await context.destroy?.(executor);
        await pause(context.scaled(500));
        // The call that detects the loss of the sandbox may fail.
        const next = await executor.runCode(CALL).catch(() => undefined);
        if (next?.outcome === 'ok') assert.equal(next.stdout, '3\n');
        assert.equal(context.expectOk(await executor.runCode(CALL)), '3\n');
      },
    },
    {
      name: 'if it fails, the next call tries again',
      needs: ['python', 'option-functions', 'pip', 'files'],
      budgetMs: 120_000,
      body: async (context) => {
        const functions = [{ source: ADD, pythonPackages: ['sandpod-late'], globalImports: ['sandpod_late'] }];
        const executor = await context.fresh({ functions, packageIndex: 'wheels' });
        const error = await expectSandpodError(executor.runCode(CALL), 'functions-failed');
        assert.match(error.message, /^Pip install failed[\s\S]*sandpod-late/);
        assert.match(error.advice, /packageIndex/);
        await (await context.files(executor)).writeBinaryFile(pureWheel({ directory: 'wheels', name: 'sandpod_late', code: '' }));
        assert.equal(context.expectOk(await executor.runCode(CALL)), '3\n');
      },
    },
    {
      name: 'it has a separate time limit',
      needs: ['python', 'option-functions', 'time-limit'],
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh({ functions: [SLOW], functionsTimeoutMs: 1_500 });
        const error = await expectSandpodError(executor.runCode('print("must not appear")'), 'functions-failed');
        assert.match(`${error.message} ${error.advice}`, /1500 ms[\s\S]*functionsTimeoutMs/);
      },
    },
    {
      name: 'it ends if the call is cancelled',
      needs: ['python', 'option-functions'],
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh({ functions: [SLOW] });
        const controller = new AbortController();
        const onProgress = ({ phase }: { readonly phase: string }): void => {
          if (phase === 'functions') setTimeout(() => controller.abort(), context.scaled(500));
        };
        const result = await executor.runCode('print("must not appear")', { onProgress, abortSignal: controller.signal });
        context.expectOutcome(result, 'cancelled');
        assert.equal(result.output, '');
      },
    },
    {
      name: 'without a network or an index, the error lists the options that help',
      needs: ['python', 'option-functions', 'pip', 'closed-network'],
      budgetMs: 120_000,
      body: async (context) => {
        const functions = [{ source: ADD, pythonPackages: ['sandpod-nowhere'] }];
        const executor = await context.fresh({ functions, functionsTimeoutMs: 30_000 });
        const error = await expectSandpodError(executor.runCode(CALL), 'functions-failed');
        assert.match(error.message, /sandpod-nowhere/);
        assert.match(error.advice, /"network"[\s\S]*packageIndex/);
      },
    },
    {
      name: 'without pip, packages are refused, and functions without packages work',
      needs: ['python', 'option-functions', 'no-pip'],
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh({ functions: [{ source: ADD, pythonPackages: ['pandas'] }] });
        const error = await expectSandpodError(executor.runCode(CALL), 'unsupported');
        assert.match(`${error.message} ${error.advice}`, /pandas[\s\S]*no pip[\s\S]*pythonPackages/);
        const without = await context.fresh({ functions: [{ source: ADD, pythonPackages: [] }] });
        assert.equal(context.expectOk(await without.runCode(CALL)), '3\n');
      },
    },
  ],
};
