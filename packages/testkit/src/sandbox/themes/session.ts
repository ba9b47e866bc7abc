import assert from 'node:assert/strict';
import { expectAbort, expectSandpodError } from '../../tools/expect-failure.ts';
import { readStream } from '../../tools/output-reader.ts';
import { awaitedLater } from '../../tools/within.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

/** Tests the restricted session for tools, which must have the form that the AI SDK expects. */
export const sessionTheme: SandboxTheme = {
  name: 'restricted session',
  tests: [
    {
      name: 'it has all eleven methods and the description, but no method that ends the sandbox or extends its permissions',
      body: async (context) => {
        const sandbox = await context.shared();
        const session = sandbox.restricted();
        const members = [
          'deleteFile',
          'description',
          'listDirectory',
          'readBinaryFile',
          'readFile',
          'readTextFile',
          'run',
          'spawn',
          'stat',
        ];
        assert.deepEqual(Object.keys(session).sort(), [...members, 'writeBinaryFile', 'writeFile', 'writeTextFile']);
        assert.equal(session.description, sandbox.description);
      },
    },
    {
      name: 'run() returns the exit code and both texts, and nothing else',
      body: async (context) => {
        const session = (await context.shared()).restricted();
        const result = await session.run({ command: 'echo out; echo problem >&2; exit 3' });
        assert.deepEqual(result, { exitCode: 3, stdout: 'out\n', stderr: 'problem\n' });
      },
    },
    {
      name: 'commands run in bash if the sandbox has it, and otherwise in sh',
      body: async (context) => {
        const sandbox = await context.shared();
        const session = sandbox.restricted();
        const hasBash = (await sandbox.findPrograms({ names: ['bash'] })).has('bash');
        const command = hasBash ? 'words=(in bash); [[ ${words[1]} == ba* ]] && echo "${words[@]}"' : 'echo "in sh"';
        assert.equal((await session.run({ command })).stdout, hasBash ? 'in bash\n' : 'in sh\n');
      },
    },
    {
      name: 'wait() of a process without a reader ends, also after kill()',
      body: async (context) => {
        const session = (await context.shared()).restricted();
        const talker = await session.spawn({
          command: 'i=0; while [ $i -lt 3000 ]; do printf %01000d 0; printf %01000d 0 >&2; i=$((i + 1)); done; exit 4',
        });
        assert.deepEqual(await talker.wait(), { exitCode: 4 });
        const sleeper = await session.spawn({ command: 'sleep 60' });
        await sleeper.kill();
        assert.notEqual((await sleeper.wait()).exitCode, 0);
      },
    },
    {
      name: 'run() supports workingDirectory and env',
      body: async (context) => {
        const sandbox = await context.shared();
        const directory = context.unique('session');
        const session = sandbox.restricted();
        await session.writeTextFile({ path: `${directory}/file`, content: 'x' });
        const result = await session.run({ command: 'echo "$NAME"; ls', workingDirectory: directory, env: { NAME: '$HOME' } });
        assert.equal(result.stdout, '$HOME\nfile\n');
      },
    },
    {
      name: 'reading a missing file returns null, deleting it returns false, and directories are refused as files',
      body: async (context) => {
        const session = (await context.shared()).restricted();
        const path = context.unique('session-directory');
        assert.equal(await session.readFile({ path }), null);
        assert.equal(await session.readTextFile({ path }), null);
        assert.equal(await session.readBinaryFile({ path }), null);
        assert.equal(await session.stat({ path }), null);
        assert.equal(await session.listDirectory({ path }), null);
        assert.equal(await session.deleteFile({ path }), false);
        await session.writeTextFile({ path: `${path}/file`, content: 'one\ntwo\n' });
        assert.equal(await session.readTextFile({ path: `${path}/file`, startLine: 2, endLine: 2 }), 'two\n');
        await expectSandpodError(session.writeTextFile({ path, content: 'x' }), 'is-directory');
      },
    },
    {
      name: 'spawn() returns streams, including the input if `stdin: true` is set, and closing the input sends end-of-file',
      needs: ['stdin'],
      body: async (context) => {
        const session = (await context.shared()).restricted();
        const process = await session.spawn({ command: 'cat', stdin: true });
        const reading = awaitedLater(readStream(process.stdout));
        const writer = process.stdin.getWriter();
        await writer.write(Buffer.from('through'));
        await writer.close();
        assert.equal(String(await reading), 'through');
        assert.deepEqual(await process.wait(), { exitCode: 0 });
      },
    },
    {
      name: 'an abort kills the process and rejects with its reason',
      body: async (context) => {
        const session = (await context.shared()).restricted();
        const aborting = new AbortController();
        const reason = new Error('enough');
        const process = await session.spawn({ command: 'echo started; sleep 60', abortSignal: aborting.signal });
        assert.ok(!('stdin' in process), 'expected no input');
        setTimeout(() => aborting.abort(reason), context.scaled(300));
        await expectAbort(process.wait(), reason);
        await expectAbort(session.run({ command: 'true', abortSignal: aborting.signal }), reason);
      },
    },
  ],
};
