import assert from 'node:assert/strict';
import { expectAbort, expectSandpodError, rejectionOf } from '../../tools/expect-failure.ts';
import { readStream } from '../../tools/output-reader.ts';
import { byteStream, digestLine, sampleBytes } from '../../tools/sample-bytes.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

const MiB = 1024 * 1024;

const CONTENTS: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ['empty', new Uint8Array()],
  ['NUL bytes', Uint8Array.of(0, 0, 0)],
  ['invalid UTF-8', Uint8Array.of(0xff, 0xfe, 0xc3, 0x28, 0x80)],
  ['line ends', Buffer.from('a\r\nb\rc\n\n')],
  ['here-document markers', Buffer.from("EOF\n'EOF'\n$HOME `id`\nEOF\n")],
  ['a piece more than 64 KiB', sampleBytes(64 * 1024 + 1)],
  ['1 MiB', sampleBytes(MiB)],
];

const NAMES = [
  'with space',
  "it's",
  '"quoted"',
  '-rf',
  '--help',
  '.hidden',
  '$HOME',
  '`id`',
  '$(id)',
  '*',
  '?',
  ';',
  '#',
  '%s',
  '~',
  '...',
  'a:b',
  'ü💥',
  'x'.repeat(200),
  'deep/er/and/deeper/file',
];

/** Tests that reading a file returns exactly the bytes that were written. */
export const filesContentsTheme: SandboxTheme = {
  name: 'files: contents',
  tests: [
    {
      name: 'a read returns the bytes that were written, and the guest sees the same bytes [row 19]',
      budgetMs: 60_000,
      body: async (context) => {
        const sandbox = await context.shared();
        for (const [name, content] of CONTENTS) {
          const path = context.unique('bytes');
          await sandbox.writeBinaryFile({ path, content });
          assert.deepEqual(Buffer.from((await sandbox.readBinaryFile({ path })) ?? []), Buffer.from(content), name);
          assert.equal((await context.run(context.guest.digestFile(), { sandbox, args: [path] })).stdout, digestLine(content), name);
        }
      },
    },
    {
      name: '50 MiB can be streamed in both directions [row 19]',
      budgetMs: 120_000,
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('big');
        const content = sampleBytes(50 * MiB);
        await sandbox.writeFile({ path, content: byteStream(content) });
        assert.equal((await sandbox.stat({ path }))?.size, content.byteLength);
        const stream = await sandbox.readFile({ path });
        assert.ok(stream !== null, 'expected a stream');
        assert.ok(Buffer.from(await readStream(stream)).equals(content), 'expected the same bytes');
        await sandbox.deleteFile({ path });
      },
    },
    {
      name: 'names can contain any printable character [row 19]',
      budgetMs: 60_000,
      body: async (context) => {
        const sandbox = await context.shared();
        const directory = context.unique('names');
        for (const name of NAMES) {
          const path = `${directory}/${name}`;
          await sandbox.writeTextFile({ path, content: name });
          assert.equal(await sandbox.readTextFile({ path }), name);
          assert.equal((await sandbox.stat({ path }))?.type, 'file');
        }
        const listed = (await sandbox.listDirectory({ path: directory }))?.map((entry) => entry.name).sort();
        assert.deepEqual(listed, [...new Set(NAMES.map((name) => name.split('/')[0] ?? ''))].sort());
      },
    },
    {
      name: 'names with control characters are either kept exactly or refused, never changed [row 19]',
      body: async (context) => {
        const sandbox = await context.shared();
        const directory = context.unique('control');
        for (const name of ['new\nline', 'tab\there', '\u001b[31mred', 'bell\u0007', 'end\n', '\u007f']) {
          const path = `${directory}/${name}`;
          const error = await sandbox.writeTextFile({ path, content: name }).then(
            () => undefined,
            (reason: unknown) => reason,
          );
          if (error !== undefined) await expectSandpodError(Promise.reject(error), 'invalid-path');
          else assert.equal(await sandbox.readTextFile({ path }), name);
          const names = (await sandbox.listDirectory({ path: directory }).catch(() => null))?.map((entry) => entry.name) ?? [];
          assert.deepEqual(names.includes(name), error === undefined);
        }
      },
    },
    {
      name: "a guest's file with a hostile name can be listed, read and deleted",
      body: async (context) => {
        const sandbox = await context.shared();
        const directory = context.unique('guest-names');
        const name = '-rf $(id) "x" \' *';
        await sandbox.writeTextFile({ path: `${directory}/other`, content: 'stays' });
        await context.run(context.guest.saveFile({ path: `${directory}/${name}`, text: 'hostile' }), { sandbox });
        assert.deepEqual((await sandbox.listDirectory({ path: directory }))?.map((entry) => entry.name).sort(), [name, 'other']);
        assert.equal(await sandbox.readTextFile({ path: `${directory}/${name}` }), 'hostile');
        assert.equal(await sandbox.deleteFile({ path: `${directory}/${name}` }), true);
        assert.equal(await sandbox.readTextFile({ path: `${directory}/other` }), 'stays');
      },
    },
    {
      name: 'shorter content replaces longer content completely',
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('shorter');
        await sandbox.writeTextFile({ path, content: 'a long content' });
        await sandbox.writeTextFile({ path, content: 'short' });
        assert.equal(await sandbox.readTextFile({ path }), 'short');
      },
    },
    {
      name: 'an interrupted write leaves the old content and nothing else [row 20]',
      body: async (context) => {
        const sandbox = await context.shared();
        const directory = context.unique('broken');
        const error = new Error('The source broke.');
        const content = (): ReadableStream<Uint8Array> => byteStream(sampleBytes(MiB), { failAfter: MiB / 2, error });
        await sandbox.writeTextFile({ path: `${directory}/old`, content: 'old content' });
        await rejectionOf(sandbox.writeFile({ path: `${directory}/old`, content: content() }), 'the failure of the source');
        await rejectionOf(sandbox.writeFile({ path: `${directory}/new`, content: content() }), 'the failure of the source');
        assert.equal(await sandbox.readTextFile({ path: `${directory}/old` }), 'old content');
        assert.deepEqual(
          (await sandbox.listDirectory({ path: directory }))?.map((entry) => entry.name),
          ['old'],
        );
      },
    },
    {
      name: 'after two parallel writes of a file, it has the complete content of one of them',
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('contested');
        const contents = ['a', 'b'].map((letter) => letter.repeat(300_000));
        await Promise.all(contents.map((content) => sandbox.writeTextFile({ path, content })));
        assert.ok(contents.includes((await sandbox.readTextFile({ path })) ?? ''), 'expected one of the two contents');
      },
    },
    {
      name: 'a read beyond its limit fails with the limit in the message, and a read up to its limit succeeds [row 21]',
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('limited');
        await sandbox.writeBinaryFile({ path, content: sampleBytes(1_001) });
        assert.equal((await sandbox.readBinaryFile({ path, maxBytes: 1_001 }))?.byteLength, 1_001);
        for (const read of [
          () => sandbox.readBinaryFile({ path, maxBytes: 1_000 }),
          () => sandbox.readTextFile({ path, maxBytes: 1_000 }),
        ]) {
          const error = await expectSandpodError(read(), 'file-too-large');
          assert.match(error.message, /1000|1,000/);
        }
        const streamed = sandbox.readFile({ path, maxBytes: 1_000 }).then((stream) => (stream === null ? null : readStream(stream)));
        await expectSandpodError(streamed, 'file-too-large');
      },
    },
    {
      name: "with an aborted signal, file operations reject with the signal's reason and change nothing",
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('aborted');
        const reason = new Error('enough');
        const abortSignal = AbortSignal.abort(reason);
        await sandbox.writeTextFile({ path, content: 'kept' });
        await expectAbort(sandbox.writeTextFile({ path, content: 'changed', abortSignal }), reason);
        await expectAbort(sandbox.deleteFile({ path, abortSignal }), reason);
        await expectAbort(sandbox.readTextFile({ path, abortSignal }), reason);
        await expectAbort(sandbox.listDirectory({ path: '.', abortSignal }), reason);
        assert.equal(await sandbox.readTextFile({ path }), 'kept');
      },
    },
    {
      name: 'the files for a program exist when the program starts',
      body: async (context) => {
        const directory = context.unique('given');
        const path = `${directory}/a file`;
        const files = [
          { path, content: 'text ü' },
          { path: `${directory}/sub/bytes`, content: Uint8Array.of(0, 255) },
        ];
        const { stdout } = await context.run(context.guest.showFile({ path }), { files });
        assert.equal(stdout, 'present\ntext ü');
        const sandbox = await context.shared();
        assert.deepEqual(Buffer.from((await sandbox.readBinaryFile({ path: `${directory}/sub/bytes` })) ?? []), Buffer.of(0, 255));
      },
    },
  ],
};
