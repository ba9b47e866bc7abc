import assert from 'node:assert/strict';
import { expectInvalid } from '../../tools/expect-failure.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

const RANGES: readonly (readonly [startLine: number | undefined, endLine: number | undefined, expected: string])[] = [
  [1, 1, 'one\n'],
  [2, 3, 'two\nthree\n'],
  [3, undefined, 'three\nfour'],
  [undefined, 2, 'one\ntwo\n'],
  [4, 4, 'four'],
  [4, 99, 'four'],
  [5, 99, ''],
  [undefined, undefined, 'one\ntwo\nthree\nfour'],
];

/** Tests the lines and encodings of text files. */
export const filesTextTheme: SandboxTheme = {
  name: 'files: text',
  tests: [
    {
      name: 'ranges of lines are 1-based and inclusive, and may extend past the end',
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('lines');
        await sandbox.writeTextFile({ path, content: 'one\ntwo\nthree\nfour' });
        for (const [startLine, endLine, expected] of RANGES) {
          assert.equal(await sandbox.readTextFile({ path, startLine, endLine }), expected, `lines ${startLine} to ${endLine}`);
        }
      },
    },
    {
      name: 'invalid ranges are refused',
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('bad-range');
        await sandbox.writeTextFile({ path, content: 'one\ntwo\n' });
        for (const startLine of [0, -1, 1.5, Number.NaN]) await expectInvalid(sandbox.readTextFile({ path, startLine }), 'startLine');
        await expectInvalid(sandbox.readTextFile({ path, startLine: 2, endLine: 1 }), 'endLine');
      },
    },
    {
      name: 'UTF-8 text is not changed, and keeps CR and a byte order mark',
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('utf8');
        const content = '\ufeffü💥\r\n\tend';
        await sandbox.writeTextFile({ path, content });
        assert.equal(await sandbox.readTextFile({ path }), content);
      },
    },
    {
      name: 'text can be written and read in other encodings',
      body: async (context) => {
        const sandbox = await context.shared();
        for (const encoding of ['utf-16le', 'latin1']) {
          const path = context.unique('encoded');
          await sandbox.writeTextFile({ path, content: 'Grüße', encoding });
          assert.equal((await sandbox.stat({ path }))?.size, encoding === 'latin1' ? 5 : 10);
          assert.equal(await sandbox.readTextFile({ path, encoding }), 'Grüße');
        }
      },
    },
    {
      name: 'bytes can be written and read as base64 and hex',
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('binary-text');
        await sandbox.writeTextFile({ path, content: 'AP8=', encoding: 'base64' });
        assert.deepEqual(Buffer.from((await sandbox.readBinaryFile({ path })) ?? []), Buffer.of(0, 255));
        await sandbox.writeTextFile({ path, content: 'ff00', encoding: 'hex' });
        assert.deepEqual(Buffer.from((await sandbox.readBinaryFile({ path })) ?? []), Buffer.of(255, 0));
      },
    },
    {
      name: 'an unknown encoding is refused',
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('unknown-encoding');
        await expectInvalid(sandbox.writeTextFile({ path, content: 'x', encoding: 'klingon' }), 'encoding');
        assert.equal(await sandbox.stat({ path }), null);
        await sandbox.writeTextFile({ path, content: 'x' });
        await expectInvalid(sandbox.readTextFile({ path, encoding: 'klingon' }), 'encoding');
      },
    },
  ],
};
