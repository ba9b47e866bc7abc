import assert from 'node:assert/strict';
import type { CodeResult } from '@sandpod/core';
import type { ExecutorTheme } from '../executor-test.ts';

/** Tests TypeScript code. The client removes the types before the code runs. */
export const typescriptTheme: ExecutorTheme = {
  name: 'typescript',
  tests: [
    {
      name: 'TypeScript runs without its types, as a module or as a script',
      needs: ['typescript'],
      body: async (context) => {
        const executor = await context.shared();
        const blocks = [
          'interface Point { readonly x: number }\nconst point: Point = { x: 41 };\nconsole.log(point.x + 1);',
          "import { sep } from 'node:path';\nconst text: string = sep as string;\nconsole.log(text);",
          "const path = require('node:path') as { sep: string };\nconsole.log(path.sep);",
        ];
        for (const [index, code] of blocks.entries())
          assert.equal(
            context.expectOk(await executor.runCode(code, { language: index === 0 ? 'ts' : 'TypeScript' })),
            index === 0 ? '42\n' : '/\n',
          );
      },
    },
    {
      name: 'TypeScript whose types cannot simply be removed is refused with the line number, and later calls work',
      needs: ['typescript'],
      body: async (context) => {
        const executor = await context.shared();
        const run = async (code: string): Promise<CodeResult> => executor.runCode(code, { language: 'typescript' });
        for (const code of ['const a = 1;\nenum Color { Red }', 'const a = 1;\nconst b: = 2;']) {
          const result = await run(code);
          context.expectOutcome(result, 'refused');
          assert.match(result.reason ?? '', /types.*\(line 2\)/i);
        }
        context.expectOutcome(await run('('.repeat(100_000)), 'refused');
        assert.equal(context.expectOk(await run('const a: number = 3;\nconsole.log(a)')), '3\n');
      },
    },
    {
      name: 'TypeScript with a file name is saved unchanged, and runs in its directory',
      needs: ['typescript', 'code-files'],
      body: async (context) => {
        const executor = await context.shared();
        const given = [{ path: 'sub/data.json', content: '{"answer": 42}' }];
        const code = '// filename: sub/app.ts\nconst data: { answer: number } = require("./data.json");\nconsole.log(data.answer)';
        const named = await executor.runCode(code, { language: 'typescript', files: given, collectFiles: true });
        assert.deepEqual([context.expectOk(named), named.codeFile, named.files], ['42\n', 'sub/app.ts', []]);
        assert.equal(await (await context.files()).readTextFile({ path: 'sub/app.ts' }), code);
      },
    },
  ],
};
