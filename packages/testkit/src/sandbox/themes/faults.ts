import assert from 'node:assert/strict';
import type { CreateOptions, RunOptions, SpawnOptions } from '@sandpod/core';
import { expectInvalid, expectLost, expectSandpodError } from '../../tools/expect-failure.ts';
import { forEachCase } from '../../tools/for-each-case.ts';
import { OutputReader } from '../../tools/output-reader.ts';
import { awaitedLater, pause, within } from '../../tools/within.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

/** Invalid options that JavaScript callers may pass, and the field that the message must contain. */
const BAD_RUN_OPTIONS: readonly (readonly [field: string, options: unknown])[] = [
  ['argv', { argv: [] }],
  ['argv', { argv: 'echo' }],
  ['argv', { argv: ['echo', 1] }],
  ['argv', { argv: ['echo', 'a\0b'] }],
  ['command', { command: 1 }],
  ['command', { command: 'a\0b' }],
  ['command', {}],
  ['env', { command: 'true', env: { NAME: 1 } }],
  ['env', { command: 'true', env: 'NAME=1' }],
  ['timeoutMs', { command: 'true', timeoutMs: '1' }],
  ['outputBytes', { command: 'true', outputBytes: '1' }],
  ['files', { command: 'true', files: 'x' }],
  ['content', { command: 'true', files: [{ path: 'x', content: 1 }] }],
  ['timeoutms', { command: 'true', timeoutms: 1 }],
];

const BAD_CREATE_OPTIONS: readonly (readonly [field: string, options: unknown])[] = [
  ['id', { id: 1 }],
  ['startTimeoutMs', { startTimeoutMs: 0 }],
  ['startTimeoutMs', { startTimeoutMs: 'soon' }],
  ['expiresInMs', { expiresInMs: -1 }],
  ['expiresinms', { expiresinms: 1 }],
];

/** Tests invalid options and sandboxes that end unexpectedly. */
export const faultsTheme: SandboxTheme = {
  name: 'faults',
  tests: [
    {
      name: 'wrong options of run() are refused, and the error contains the name of the field',
      body: async (context) => {
        const sandbox = await context.shared();
        await forEachCase(BAD_RUN_OPTIONS, async ([field, options]) => {
          await expectInvalid(sandbox.run(options as RunOptions), field);
          await expectInvalid(sandbox.spawn(options as SpawnOptions), field);
        });
      },
    },
    {
      name: 'a program together with a command line is refused',
      body: async (context) => {
        const sandbox = await context.shared();
        await expectInvalid(sandbox.run({ argv: ['true'], command: 'true' } as unknown as RunOptions), 'command');
      },
    },
    {
      name: 'wrong options of create() are refused, and the error contains the name of the field',
      body: async (context) => {
        const provider = await context.provider();
        await forEachCase(BAD_CREATE_OPTIONS, ([field, options]) => expectInvalid(provider.create(options as CreateOptions), field));
      },
    },
    {
      name: 'a rejection without a handler does not end the process',
      body: async (context) => {
        const unhandled: unknown[] = [];
        const note = (reason: unknown): unknown => unhandled.push(reason);
        process.on('unhandledRejection', note);
        context.cleanUp.defer(() => process.off('unhandledRejection', note));
        const sandbox = await context.fresh();
        await sandbox.spawn({ argv: context.guest.argv(context.guest.spin()) });
        const aborted = sandbox.spawn({
          argv: context.guest.argv(context.guest.spin()),
          timeoutMs: 100,
          abortSignal: AbortSignal.timeout(50),
        });
        // When the signal fires, a slow platform may still be starting the program.
        await aborted.catch(() => {});
        await pause(context.scaled(300));
        await sandbox[Symbol.asyncDispose]();
        await pause(context.scaled(200));
        assert.deepEqual(unhandled, []);
      },
    },
    {
      name: 'if a machine ends unexpectedly, its programs end with session-lost within five seconds',
      needs: ['destroy'],
      body: async (context) => {
        const sandbox = await context.fresh();
        const process = await context.spawn(context.guest.spin(), { sandbox });
        const reader = new OutputReader(process);
        await reader.until('started\n');
        const lost = awaitedLater(expectLost(process.wait(), 'session-lost'));
        await context.destroy?.(sandbox);
        await within(lost, { ms: context.scaled(5_000), what: 'wait() to reject' });
        await within(reader.ended, { ms: context.scaled(5_000), what: 'the output to end' });
        assert.match(await within(sandbox.lost, { ms: context.scaled(5_000), what: '`lost` to resolve' }), /\w/);
        await expectSandpodError(sandbox.run({ command: 'true' }), 'sandbox-ended');
        await sandbox[Symbol.asyncDispose]();
      },
    },
    {
      name: 'if an idle machine ends unexpectedly, the next call reports this',
      needs: ['destroy'],
      body: async (context) => {
        const sandbox = await context.fresh();
        await context.destroy?.(sandbox);
        const use = sandbox.run({ command: 'true' }).then(
          (result) => assert.fail(`expected a failure, given ${JSON.stringify(result)}`),
          (error: unknown) => error,
        );
        await within(use, { ms: context.scaled(10_000), what: 'the next call to fail' });
        await expectSandpodError(sandbox.stat({ path: 'file' }), 'sandbox-ended', 'transport');
      },
    },
  ],
};
