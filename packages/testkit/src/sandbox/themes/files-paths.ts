import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Sandbox } from '@sandpod/core';
import { expectSandpodError } from '../../tools/expect-failure.ts';
import { forEachCase } from '../../tools/for-each-case.ts';
import { within } from '../../tools/within.ts';
import type { SandboxContext } from '../sandbox-context.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

const OUTSIDE = ['../x', '..', 'a/../../x', './../x', 'a\0b', '\0', '', 'a\\..\\b', '..\\x', `a/${'../'.repeat(50)}x`, 'x/'.repeat(2_100)];

/** Returns one call of each file operation, on the same path. */
function operations(sandbox: Sandbox, path: string): (() => Promise<unknown>)[] {
  return [
    () => sandbox.readFile({ path }),
    () => sandbox.readBinaryFile({ path }),
    () => sandbox.readTextFile({ path }),
    () => sandbox.writeTextFile({ path, content: 'x' }),
    () => sandbox.stat({ path }),
    () => sandbox.listDirectory({ path }),
    () => sandbox.deleteFile({ path }),
  ];
}

interface PlantedLinks {
  /** A directory in the workspace with three links: `file` and `chain` lead to the canary, and `outer` leads to the canary's directory. */
  readonly directory: string;
  /** Name of a file that the guest created outside the workspace. */
  readonly canary: string;
  /** Name of a file that does not exist in the canary's directory. */
  readonly beside: string;
}

async function plantLinks(context: SandboxContext, sandbox: Sandbox): Promise<PlantedLinks> {
  const { guest } = context;
  const directory = context.unique('links');
  const name = `sandpod-${randomUUID()}`;
  const canary = `/tmp/${name}`;
  const files = [{ path: `${directory}/other`, content: '' }];
  const programs = [
    guest.saveFile({ path: canary, text: 'untouched' }),
    guest.makeLink({ path: `${directory}/file`, target: canary }),
    guest.makeLink({ path: `${directory}/chain`, target: 'file' }),
    guest.makeLink({ path: `${directory}/outer`, target: '/tmp' }),
  ];
  for (const source of programs) assert.equal((await context.run(source, { sandbox, files })).exitCode, 0);
  context.cleanUp.defer(() => sandbox.deleteFile({ path: canary }));
  return { directory, canary: name, beside: `${name}-beside` };
}

/** Expects that nothing outside the workspace was changed or created. */
async function expectUntouched(context: SandboxContext, sandbox: Sandbox, { canary, beside }: PlantedLinks): Promise<void> {
  const { guest } = context;
  assert.equal((await context.run(guest.showFile({ path: `/tmp/${canary}` }), { sandbox })).stdout, 'present\nuntouched');
  assert.equal((await context.run(guest.showFile({ path: `/tmp/${beside}` }), { sandbox })).stdout, 'missing\n');
}

/** Tests names and links that lead outside the workspace. */
export const filesPathsTheme: SandboxTheme = {
  name: 'files: paths',
  tests: [
    {
      name: 'every operation refuses names outside the workspace [row 15]',
      body: async (context) => {
        const sandbox = await context.shared();
        await forEachCase(OUTSIDE, async (path) => {
          for (const operation of operations(sandbox, path))
            await expectSandpodError(operation(), 'invalid-path', 'path-outside-workspace');
        });
      },
    },
    {
      name: 'files for a program are refused if their names lead outside the workspace, and nothing starts or is written [row 15]',
      body: async (context) => {
        const sandbox = await context.shared();
        const marker = context.unique('refused-files');
        const argv = context.guest.argv(context.guest.saveFile({ path: marker, text: 'x' }));
        await forEachCase([...OUTSIDE, '/abs', '/tmp/abs', '.'], async (path) => {
          const files = [`${marker}-first`, path].map((name) => ({ path: name, content: 'x' }));
          await expectSandpodError(
            sandbox.run({ argv, files }),
            'invalid-path',
            'path-outside-workspace',
            'invalid-options',
            'is-directory',
          );
        });
        assert.deepEqual([await sandbox.stat({ path: marker }), await sandbox.stat({ path: `${marker}-first` })], [null, null]);
      },
    },
    {
      name: 'a write without permission causes permission-denied',
      needs: ['contained', 'real-kernel'],
      body: async (context) => {
        const sandbox = await context.shared();
        // Repeats the write, because the reason can be lost if the connection ends before all content is read.
        for (const size of [1, 10_000, 1, 100_000, 1, 300_000]) {
          const content = 'x'.repeat(size);
          for (const path of ['/etc/sandpod-conformance', '/proc/sandpod-conformance'])
            await expectSandpodError(sandbox.writeTextFile({ path, content }), 'permission-denied');
        }
      },
    },
    {
      name: 'links are followed if they stay inside the workspace',
      needs: ['links'],
      body: async (context) => {
        const { guest } = context;
        const sandbox = await context.shared();
        const directory = context.unique('inner-links');
        await sandbox.writeTextFile({ path: `${directory}/real/file`, content: 'reached' });
        await context.run(guest.makeLink({ path: `${directory}/to-file`, target: 'real/file' }), { sandbox });
        await context.run(guest.makeLink({ path: `${directory}/to-directory`, target: 'real' }), { sandbox });
        assert.equal(await sandbox.readTextFile({ path: `${directory}/to-file` }), 'reached');
        assert.equal(await sandbox.readTextFile({ path: `${directory}/to-directory/file` }), 'reached');
        const stat = await sandbox.stat({ path: `${directory}/to-file` });
        assert.deepEqual([stat?.type, stat?.size], ['file', 7]);
        const listed = (await sandbox.listDirectory({ path: directory })) ?? [];
        assert.deepEqual(listed.map(({ name, type }) => `${name} ${type}`).sort(), [
          'real directory',
          'to-directory symlink',
          'to-file symlink',
        ]);
      },
    },
    {
      name: 'links to the outside are not read [row 17]',
      needs: ['links'],
      body: async (context) => {
        const sandbox = await context.shared();
        const { directory, canary } = await plantLinks(context, sandbox);
        await forEachCase([`${directory}/file`, `${directory}/chain`, `${directory}/outer/${canary}`], async (path) => {
          for (const read of [() => sandbox.readFile({ path }), () => sandbox.readTextFile({ path }), () => sandbox.stat({ path })]) {
            await expectSandpodError(read(), 'path-outside-workspace');
          }
        });
        await expectSandpodError(sandbox.listDirectory({ path: `${directory}/outer` }), 'path-outside-workspace');
      },
    },
    {
      name: 'a write replaces a link and does not follow it, and the target does not change [row 17]',
      needs: ['links'],
      body: async (context) => {
        const sandbox = await context.shared();
        const planted = await plantLinks(context, sandbox);
        const { directory, beside } = planted;
        for (const name of ['file', 'chain']) {
          await sandbox.writeTextFile({ path: `${directory}/${name}`, content: 'mine' });
          assert.equal(await sandbox.readTextFile({ path: `${directory}/${name}` }), 'mine');
        }
        await expectSandpodError(sandbox.writeTextFile({ path: `${directory}/outer/${beside}`, content: 'x' }), 'path-outside-workspace');
        await expectUntouched(context, sandbox, planted);
      },
    },
    {
      name: 'writing files for a program does not follow links either [row 17]',
      needs: ['links'],
      body: async (context) => {
        const sandbox = await context.shared();
        const planted = await plantLinks(context, sandbox);
        const { directory, beside } = planted;
        const nothing = context.guest.print({});
        const through = context.run(nothing, { sandbox, files: [{ path: `${directory}/outer/${beside}`, content: 'x' }] });
        await expectSandpodError(through, 'path-outside-workspace');
        await context.run(nothing, { sandbox, files: [{ path: `${directory}/file`, content: 'mine' }] });
        assert.equal(await sandbox.readTextFile({ path: `${directory}/file` }), 'mine');
        await expectUntouched(context, sandbox, planted);
      },
    },
    {
      name: 'deleting a link deletes the link',
      needs: ['links'],
      body: async (context) => {
        const sandbox = await context.shared();
        const planted = await plantLinks(context, sandbox);
        const { directory, canary } = planted;
        assert.equal(await sandbox.deleteFile({ path: `${directory}/file` }), true);
        await expectSandpodError(sandbox.deleteFile({ path: `${directory}/outer/${canary}` }), 'path-outside-workspace');
        await expectUntouched(context, sandbox, planted);
      },
    },
    {
      name: 'broken links and circular links do no harm',
      needs: ['links'],
      body: async (context) => {
        const sandbox = await context.shared();
        const directory = context.unique('odd-links');
        const links = [
          ['dangling', 'nowhere'],
          ['one', 'two'],
          ['two', 'one'],
        ] as const;
        const files = [{ path: `${directory}/other`, content: '' }];
        for (const [name, target] of links)
          await context.run(context.guest.makeLink({ path: `${directory}/${name}`, target }), { sandbox, files });
        assert.equal(await sandbox.readTextFile({ path: `${directory}/dangling` }), null);
        const looped = sandbox.readTextFile({ path: `${directory}/one` }).catch(() => null);
        assert.equal(await within(looped, { ms: context.scaled(5_000), what: 'an answer about links in a circle' }), null);
        await sandbox.writeTextFile({ path: `${directory}/dangling`, content: 'now a file' });
        assert.equal(await sandbox.readTextFile({ path: `${directory}/dangling` }), 'now a file');
        assert.equal(await sandbox.stat({ path: `${directory}/nowhere` }), null);
      },
    },
  ],
};
