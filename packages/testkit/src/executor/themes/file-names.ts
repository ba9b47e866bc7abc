import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { forEachCase } from '../../tools/for-each-case.ts';
import type { ExecutorTheme } from '../executor-test.ts';

const REFUSED = [
  '../x.py',
  '../../x.py',
  'a/../../x.py',
  '/tmp/test.py',
  '/etc/x.py',
  '..',
  '.',
  'a\\..\\x.py',
  `${'x'.repeat(5_000)}.py`,
  '-x.py',
  'nul\0.py',
];
const TAKEN_LITERALLY = [
  'test.py',
  'sub/deep/a.py',
  'a b.py',
  '$(id).py',
  '`id`.py',
  "it's.py",
  '<a.py>',
  'ü.py',
  '.hidden.py',
  'a.py;id',
  '*.py',
];
/** First lines that are ordinary comments and set no file name. */
const NO_DIRECTIVES = ['  # filename: x.py', '# this adds numbers', '# see filename: x.py', '# filename x.py', '#'];

/** Tests the names under which code is saved. Names are treated as data, and the files stay inside the workspace. */
export const fileNamesTheme: ExecutorTheme = {
  name: 'file names',
  tests: [
    {
      name: 'a first line `# filename:` names the file',
      needs: ['python', 'code-files'],
      body: async (context) => {
        const executor = await context.shared();
        const code = '# filename: test_case.py\nprint("hello")\nprint("world")\n';
        const result = await executor.runCode(code);
        assert.equal(context.expectOk(result), 'hello\nworld\n');
        assert.equal(result.codeFile, 'test_case.py');
        assert.equal(await (await context.files()).readTextFile({ path: 'test_case.py' }), code);
      },
    },
    {
      name: 'spaces around the name and CRLF are ignored',
      needs: ['python', 'code-files'],
      body: async (context) => {
        const executor = await context.shared();
        for (const line of ['# filename:tight.py', '# filename:   tight.py   ', '# filename: tight.py\r']) {
          const result = await executor.runCode(`${line}\nprint(1)`);
          assert.equal(context.expectOk(result), '1\n');
          assert.equal(result.codeFile, 'tight.py');
        }
      },
    },
    {
      name: 'names are used literally, and parent directories are created [row 22]',
      needs: ['python', 'code-files'],
      body: async (context) => {
        const executor = await context.shared();
        for (const name of TAKEN_LITERALLY) {
          const result = await executor.runCode(`# filename: ${name}\nprint("ran")`);
          assert.equal(context.expectOk(result), 'ran\n', name);
          assert.equal(result.codeFile, name);
          assert.equal((await (await context.files()).stat({ path: name }))?.type, 'file');
        }
      },
    },
    {
      name: 'an absolute name inside the workspace is treated as relative to the workspace',
      needs: ['python', 'code-files'],
      body: async (context) => {
        const executor = await context.shared();
        const workspace = context.expectOk(await executor.runCode('import os\nprint(os.getcwd())')).trim();
        const result = await executor.runCode(`# filename: ${workspace}/inside.py\nprint("ran")`);
        assert.deepEqual([context.expectOk(result), result.codeFile], ['ran\n', 'inside.py']);
        const outside = await executor.runCode(`# filename: ${workspace}2/outside.py\nprint("ran")`);
        context.expectOutcome(outside, 'refused');
      },
    },
    {
      name: 'names outside the workspace are refused and nothing runs [row 22]',
      needs: ['python', 'code-files'],
      body: async (context) => {
        const executor = await context.shared();
        const marker = context.unique('refused');
        await forEachCase(REFUSED, async (name) => {
          const code = `open("${marker}", "w")`;
          const asked = [
            { code: `# filename: ${name}\n${code}`, language: 'python' },
            { code, language: 'python', filename: name },
          ];
          for (const block of asked) {
            const result = await executor.execute([block]);
            context.expectOutcome(result, 'refused');
            assert.match(`${result.reason}\n${result.output}`, /Filename is not in the workspace/);
            assert.equal(result.stdout, '');
          }
        });
        assert.equal(await (await context.files()).stat({ path: marker }), null);
      },
    },
    {
      name: 'an empty `filename` is refused',
      needs: ['python', 'code-files'],
      body: async (context) => {
        const executor = await context.shared();
        context.expectOutcome(await executor.execute([{ code: 'print(1)', language: 'python', filename: '' }]), 'refused');
      },
    },
    {
      name: 'ordinary comments are not file names',
      needs: ['python', 'code-files'],
      body: async (context) => {
        const executor = await context.shared();
        for (const line of NO_DIRECTIVES) {
          const indented = line.startsWith(' ') ? `${line}\nprint("ran")` : `${line}\nprint("ran")\n# filename: second-line.py`;
          const result = await executor.runCode(indented);
          assert.equal(context.expectOk(result), 'ran\n');
          assert.match(result.codeFile ?? '', /^tmp_code_/, line);
        }
      },
    },
    {
      name: 'the `filename` of a block overrides the name on its first line',
      needs: ['python', 'code-files'],
      body: async (context) => {
        const executor = await context.shared();
        const result = await executor.execute([
          { code: '# filename: from-comment.py\nprint("ran")', language: 'python', filename: 'from-block.py' },
        ]);
        assert.deepEqual([context.expectOk(result), result.codeFile], ['ran\n', 'from-block.py']);
      },
    },
    {
      name: 'the name of a directory is refused as a file name',
      needs: ['python', 'code-files'],
      body: async (context) => {
        const executor = await context.shared();
        context.expectOk(await executor.runCode('import os\nos.mkdir("a-directory.py")'));
        context.expectOutcome(await executor.runCode('# filename: a-directory.py\nprint(1)'), 'refused');
      },
    },
    {
      name: 'code files are not written outside the workspace through links [row 22]',
      needs: ['python', 'links', 'code-files'],
      body: async (context) => {
        const executor = await context.shared();
        const canary = `/tmp/sandpod-${randomUUID()}`;
        const plant = `import os\nopen("${canary}", "w").write("untouched")\nos.symlink("${canary}", "link.py")\nos.symlink("/tmp", "linked")`;
        context.cleanUp.defer(() => executor.runCode(`import os\nos.remove("${canary}")`));
        context.expectOk(await executor.runCode(plant));
        assert.equal(context.expectOk(await executor.runCode('# filename: link.py\nprint("replaced")')), 'replaced\n');
        const through = await executor.runCode(`# filename: linked/${context.unique('new')}.py\nprint("ran")`);
        context.expectOutcome(through, 'refused');
        assert.match(through.reason ?? '', /Filename is not in the workspace/);
        assert.equal(context.expectOk(await executor.runCode(`print(open("${canary}").read())`)), 'untouched\n');
      },
    },
    {
      name: 'with deleteTmpFiles, code files with generated names are deleted after the call, even after a failure',
      needs: ['code-files', 'option-delete-tmp-files', 'exit-code'],
      body: async (context) => {
        const { guest } = context;
        const executor = await context.fresh({ deleteTmpFiles: true });
        const result = await executor.execute([
          context.block(guest.print({ stdout: 'one\n' })),
          context.block(guest.print({ stdout: 'two\n' }), 'named.txt'),
          context.block(guest.print({ stdout: 'three\n', exitCode: 3 })),
        ]);
        context.expectOutcome(result, 'failed');
        const [first, named, failed] = result.blocks.map(({ codeFile = '' }) => codeFile);
        const files = executor.files ?? assert.fail('expected files');
        assert.equal(await files.stat({ path: first ?? '' }), null);
        assert.equal(await files.stat({ path: failed ?? '' }), null);
        assert.notEqual(await files.stat({ path: named ?? '' }), null);
      },
    },
  ],
};
