import { ProcessLost, type SandboxProcess, SandpodError } from '@sandpod/core';
import { expect, test } from 'vitest';
import { answer, begin, finish, type HostileAnswer, run, takenSandbox } from './hostile-transport.ts';

const MiB = 1024 * 1024;

/** A listing of the same chunk, again and again. */
function listing(chunk: Buffer, chunks: number): HostileAnswer {
  return async (request) => {
    await begin(request);
    for (let index = 0; index < chunks && !request.isClosed; index += 1) await request.send('stdout', chunk);
    await finish(request);
  };
}

const refusal = async (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

test('a listing of zeros, of long names or without an end is refused with little memory, and its launcher is not used again', async () => {
  const bombs = { zeros: Buffer.alloc(MiB), long: Buffer.alloc(MiB, 'f'), endless: Buffer.from('f/name\0'.repeat(MiB / 8)) };
  for (const [name, chunk] of Object.entries(bombs)) {
    const { sandbox, transport } = takenSandbox({ list: listing(chunk, 64) });
    const before = process.memoryUsage.rss();
    const error = await refusal(sandbox.listDirectory({ path: '.' }));
    expect(SandpodError.isInstance(error) && error.code, name).toBe(name === 'endless' ? 'file-too-large' : 'transport');
    expect(process.memoryUsage.rss() - before, name).toBeLessThan(100 * MiB);
    expect(transport.channels[0]?.isClosed, name).toBe(true);
    await sandbox[Symbol.asyncDispose]();
  }
});

test('malformed answers to file operations are transport errors', async () => {
  for (const text of ['', 'file 1e9', 'file -1', '__proto__ 1', '9'.repeat(300)]) {
    const { sandbox } = takenSandbox({ stat: answer(text), find: answer(`x${text}`), read: answer(text === '' ? 'NaN' : text) });
    for (const use of [sandbox.stat({ path: 'a' }), sandbox.findPrograms({ names: ['sh'] }), sandbox.readBinaryFile({ path: 'a' })])
      expect(await refusal(use), text).toMatchObject({ code: 'transport', message: expect.stringContaining('malformed answer') });
    await sandbox[Symbol.asyncDispose]();
  }
});

test('a file that is longer than announced is cut there, and one that is shorter fails', async () => {
  const read =
    (bytes: string, announced: string): HostileAnswer =>
    async (request) => {
      await begin(request, announced);
      await request.send('stdout', bytes);
      await finish(request, { payload: '0' });
    };
  const long = takenSandbox({ read: read('x'.repeat(5_000), '10') }).sandbox;
  expect(await long.readTextFile({ path: 'a' })).toBe('x'.repeat(10));
  const short = takenSandbox({ read: read('x', '10') }).sandbox;
  expect(await refusal(short.readTextFile({ path: 'a' }))).toMatchObject({ code: 'transport' });
});

test('a run without a process is not begun, and without an exit code it is lost, never ok', async () => {
  for (const begun of ['', '0x7 1', '7', `${'9'.repeat(30)} 1`]) {
    const { sandbox } = takenSandbox({ run: answer(begun) });
    expect(await refusal(sandbox.run({ command: 'true' })), begun).toMatchObject({ code: 'transport' });
    await sandbox[Symbol.asyncDispose]();
  }
  for (const ending of ['', '0', '0 0', 'x 0 0', '256 0 0', '-1 0 0', '0 0 0 0']) {
    const { sandbox } = takenSandbox({ run: run(ending), kill: answer('0') });
    const started: SandboxProcess = await sandbox.spawn({ command: 'true' });
    expect(ProcessLost.isInstance(await refusal(started.wait())), ending).toBe(true);
    await sandbox[Symbol.asyncDispose]();
  }
});
