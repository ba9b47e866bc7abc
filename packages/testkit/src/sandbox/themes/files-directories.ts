import assert from 'node:assert/strict';
import { expectSandpodError } from '../../tools/expect-failure.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

/** Tests missing files, directories, listings and deletions. */
export const filesDirectoriesTheme: SandboxTheme = {
  name: 'files: directories',
  tests: [
    {
      name: 'reading a missing path returns null, and deleting it returns false',
      body: async (context) => {
        const sandbox = await context.shared();
        for (const path of ['missing', 'missing/deeper']) {
          assert.equal(await sandbox.readFile({ path }), null);
          assert.equal(await sandbox.readBinaryFile({ path }), null);
          assert.equal(await sandbox.readTextFile({ path }), null);
          assert.equal(await sandbox.stat({ path }), null);
          assert.equal(await sandbox.listDirectory({ path }), null);
          assert.equal(await sandbox.deleteFile({ path }), false);
        }
      },
    },
    {
      name: 'a directory is not read, written or deleted as a file',
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('directory');
        await sandbox.writeTextFile({ path: `${path}/file`, content: 'inside' });
        await expectSandpodError(sandbox.readFile({ path }), 'is-directory');
        await expectSandpodError(sandbox.readTextFile({ path }), 'is-directory');
        await expectSandpodError(sandbox.writeTextFile({ path, content: 'x' }), 'is-directory');
        await expectSandpodError(sandbox.deleteFile({ path }), 'is-directory');
        assert.equal(await sandbox.readTextFile({ path: `${path}/file` }), 'inside');
      },
    },
    {
      name: 'a file is refused as a directory',
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('file');
        await sandbox.writeTextFile({ path, content: 'whole' });
        await expectSandpodError(sandbox.listDirectory({ path }), 'not-directory');
        await expectSandpodError(sandbox.writeTextFile({ path: `${path}/below`, content: 'x' }), 'not-directory');
        assert.equal(await sandbox.readTextFile({ path }), 'whole');
      },
    },
    {
      name: 'parent directories are created, and every kind of entry is listed',
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('parents');
        await sandbox.writeTextFile({ path: `${path}/a/b/file`, content: 'x' });
        await sandbox.writeTextFile({ path: `${path}/.hidden`, content: '' });
        const entries = (await sandbox.listDirectory({ path })) ?? [];
        assert.deepEqual(
          new Map(entries.map(({ name, type }) => [name, type])),
          new Map([
            ['a', 'directory'],
            ['.hidden', 'file'],
          ]),
        );
        assert.equal(entries.length, 2);
      },
    },
    {
      name: 'the listing of an empty directory is empty, and the workspace can be listed',
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('emptied');
        await sandbox.writeTextFile({ path: `${path}/file`, content: 'x' });
        await sandbox.deleteFile({ path: `${path}/file` });
        assert.deepEqual(await sandbox.listDirectory({ path }), []);
        assert.ok((await sandbox.listDirectory({ path: '.' }))?.some((entry) => entry.name === path));
      },
    },
    {
      name: 'a directory with a thousand entries is listed completely, with the size of each file if sizes are reported',
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('many');
        const files = Array.from({ length: 1_000 }, (_, index) => ({ path: `${path}/file-${index}`, content: 'x'.repeat(index) }));
        await context.run(context.guest.print({}), { sandbox, files });
        const entries = (await sandbox.listDirectory({ path })) ?? [];
        assert.equal(entries.length, 1_000);
        for (const { name, size } of entries) if (size !== undefined) assert.equal(`file-${size}`, name);
        const tree = await sandbox.listTree({ path });
        assert.deepEqual(
          tree.map((entry) => `${entry.path} ${entry.size}`).sort(),
          files.map((file) => `${file.path.slice(path.length + 1)} ${file.content.length}`).sort(),
        );
      },
    },
    {
      name: 'stat reports the type, the size and, if known, the modification time',
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('stat');
        await sandbox.writeTextFile({ path: `${path}/file`, content: 'seven b' });
        const file = await sandbox.stat({ path: `${path}/file` });
        assert.deepEqual([file?.type, file?.size], ['file', 7]);
        if (file?.modifiedMs !== undefined) assert.ok(Math.abs(file.modifiedMs - Date.now()) < 300_000, 'expected a time close to now');
        assert.equal((await sandbox.stat({ path }))?.type, 'directory');
        assert.equal((await sandbox.stat({ path: '.' }))?.type, 'directory');
      },
    },
    {
      name: 'a deleted file is gone for all clients and programs',
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('deleted');
        await sandbox.writeTextFile({ path, content: 'x' });
        assert.equal(await sandbox.deleteFile({ path }), true);
        assert.equal(await sandbox.deleteFile({ path }), false);
        assert.equal((await context.run(context.guest.showFile({ path }), { sandbox })).stdout, 'missing\n');
      },
    },
    {
      name: 'an absolute path has the same meaning as inside the sandbox',
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('absolute');
        await sandbox.writeTextFile({ path: `${sandbox.workspace}/${path}`, content: 'same file' });
        assert.equal(await sandbox.readTextFile({ path }), 'same file');
        assert.equal(
          (await context.run(context.guest.showFile({ path: `${sandbox.workspace}/${path}` }), { sandbox })).stdout,
          'present\nsame file',
        );
      },
    },
    {
      name: 'the tree of a directory lists all files below it with their paths and sizes',
      body: async (context) => {
        const sandbox = await context.shared();
        const root = context.unique('tree');
        for (const path of ['b', 'a/c', 'a/d/e', '.hidden', '.directory/f'])
          await sandbox.writeTextFile({ path: `${root}/${path}`, content: path });
        const all = await sandbox.listTree({ path: root });
        assert.deepEqual(all.map(({ path, size }) => `${path} ${size}`).sort(), [
          '.directory/f 12',
          '.hidden 7',
          'a/c 3',
          'a/d/e 5',
          'b 1',
        ]);
        const visible = await sandbox.listTree({ path: root, skipHidden: true });
        assert.deepEqual(visible.map(({ path }) => path).sort(), ['a/c', 'a/d/e', 'b']);
      },
    },
  ],
};
