import assert from 'node:assert/strict';
import { expectInvalid, expectSandpodError } from '../../tools/expect-failure.ts';
import { forEachCase } from '../../tools/for-each-case.ts';
import type { ExecutorTheme } from '../executor-test.ts';
import { pureWheel } from '../pure-wheel.ts';

export const ADD = `def add_two_numbers(a: int, b: int) -> int:
    """Add two numbers together."""
    return a + b
`;

/** A function between other text. It contains text that would confuse a parser that does not support Python. */
const TRICKY = String.raw`
      @functools.lru_cache(
          maxsize=None,  # a ")" here
      )
      def tricky(text="it's \"def x():\"", *, more=(1, 2, "):")):
          '''Says what it was given:
          def not_me():
          '''
          if text: \
              value = f"{text!r:>{1 + 7}}{'}'}{{"
          return value, [
        more
    ], """kept
      as it is"""
`;

const NOT_FUNCTIONS = [
  ['', 'function'],
  ['x = 1', 'function'],
  ['import os\ndef f():\n  return 1', 'globalImports'],
  ['def f():\n  return 1\nf()', 'function'],
  ['def f():\n  return 1\ndef g():\n  return 2', 'function'],
  ['def f():\n  return "never ends', 'string'],
  ['def f():\n  return """never ends\n', 'string'],
  ['def f(:\n  return (1', 'bracket'],
  ['def f():\n  return [1)', 'bracket'],
  ['def f():\nreturn 1', 'indented'],
  ['def f():\n    if True:\n        x = 1\n      return 1', 'indentation'],
  ['def f():', 'indented'],
  ['class f:\n  pass', 'function'],
] as const;

/** Modules with errors that only Python can detect. */
const BAD_MODULES = [
  { source: 'def f():\n    return 1 2', named: 'SyntaxError' },
  { source: ADD, globalImports: ['NOT_A_REAL_PACKAGE'], named: 'NOT_A_REAL_PACKAGE' },
  { source: '@no_such_decorator\ndef f():\n    return 1', named: 'no_such_decorator' },
  { source: 'def f(x=exit(0)):\n    return 1', named: 'failed to load' },
];

/** Tests Python functions that an executor's blocks import. */
export const functionsTheme: ExecutorTheme = {
  name: 'functions',
  tests: [
    {
      name: 'a function is imported and called',
      needs: ['python', 'option-functions', 'exit-code'],
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh({ functions: [ADD] });
        const code = 'from functions import add_two_numbers\nprint(add_two_numbers(1, 2))';
        assert.equal(context.expectOk(await executor.runCode(code)), '3\n');
        const wrong = await executor.runCode('from functions import add_two_numbers\nprint(add_two_numbers(object(), False))');
        context.expectOutcome(wrong, 'failed');
        assert.equal(wrong.exitCode, 1);
        assert.ok(wrong.output.includes('TypeError: unsupported operand type(s) for +:'), wrong.output);
      },
    },
    {
      name: 'decorators, unusual strings and indentation stay unchanged',
      needs: ['python', 'option-functions'],
      budgetMs: 60_000,
      body: async (context) => {
        const functions = [{ source: TRICKY, globalImports: ['functools'] }];
        const executor = await context.fresh({ functions, functionsModule: 'my_tools' });
        const code = 'from my_tools import tricky\nprint(tricky("ab"))\nprint(tricky.__doc__.count("def"), tricky.cache_info().misses)';
        const shown = String.raw`("    'ab'}{", [(1, 2, '):')], 'kept\n      as it is')`;
        assert.equal(context.expectOk(await executor.runCode(code)), `${shown}\n1 1\n`);
      },
    },
    {
      name: "a block in a subdirectory can import them, and the caller's PYTHONPATH still applies",
      needs: ['python', 'option-functions', 'code-files'],
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh({ functions: [ADD] });
        const code = '# filename: sub/deep/x.py\nimport functions, given\nprint(functions.add_two_numbers(given.value, 2))';
        const workspace = context.expectOk(await executor.runCode('import os\nprint(os.getcwd())')).trim();
        const options = { env: { PYTHONPATH: `/nowhere:${workspace}/lib` }, files: [{ path: 'lib/given.py', content: 'value = 40' }] };
        assert.equal(context.expectOk(await executor.runCode(code, options)), '42\n');
      },
    },
    {
      name: 'imports are written once each, in every form',
      needs: ['python', 'option-functions', 'files'],
      budgetMs: 60_000,
      body: async (context) => {
        const globalImports = [
          'os.path',
          { module: 'json', alias: 'js' },
          { module: 'collections', imports: ['deque', { name: 'OrderedDict', alias: 'Ordered' }] },
          { module: '__future__', imports: ['annotations'] },
        ];
        const functions = [
          { source: 'def one(x: NotKnown):\n    return js.dumps(list(deque([os.path.join("a", x)])))', globalImports },
          { source: 'def two():\n    return Ordered(a=1)', globalImports },
        ];
        const executor = await context.fresh({ functions });
        assert.equal(
          context.expectOk(await executor.runCode('from functions import one, two\nprint(one("b"), two()["a"])')),
          '["a/b"] 1\n',
        );
        const text = (await (await context.files(executor)).readTextFile({ path: 'functions.py' })) ?? '';
        assert.deepEqual(text.split('\n').slice(0, 5), [
          'from __future__ import annotations',
          'import os.path',
          'import json as js',
          'from collections import deque, OrderedDict as Ordered',
          '',
        ]);
      },
    },
    {
      name: 'packages are installed for them, from a directory of wheels',
      needs: ['python', 'option-functions', 'pip', 'files'],
      budgetMs: 120_000,
      body: async (context) => {
        const source = 'def load_data():\n    """Load some sample data."""\n    return people.rows()';
        const wheel = pureWheel({ directory: 'my wheels', name: 'sandpod_people', code: 'def rows():\n    return [{"name": "John"}]' });
        const globalImports = [{ module: 'sandpod_people', alias: 'people' }];
        const functions = [{ source, pythonPackages: ['sandpod_people>=1'], globalImports }];
        const executor = await context.fresh({ functions, packageIndex: 'my wheels' });
        const files = await context.files(executor);
        await files.writeBinaryFile(wheel);
        const code = 'from functions import load_data\nprint(load_data()[0]["name"])';
        assert.equal(context.expectOk(await executor.runCode(code)), 'John\n');
        assert.equal((await files.stat({ path: '.packages/sandpod_people.py' }))?.type, 'file');
      },
    },
    {
      name: 'pip in a shell block prints nothing unless it fails',
      needs: ['sh', 'python', 'pip', 'files', 'option-functions', 'exit-code'],
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh({ packageIndex: 'wheels' });
        const files = ['sandpod_one', 'sandpod_two'].map((name) => pureWheel({ directory: 'wheels', name, code: `value = "${name}"` }));
        const install = await executor.runCode('pip install sandpod_one sandpod_two', { language: 'sh', files });
        assert.equal(context.expectOk(install).trim(), '');
        assert.equal(install.output.trim(), '');
        assert.equal(
          context.expectOk(await executor.runCode('import sandpod_one, sandpod_two\nprint(sandpod_two.value)')),
          'sandpod_two\n',
        );
        const failed = await executor.runCode('pip install sandpod-not-there', { language: 'sh' });
        context.expectOutcome(failed, 'failed');
        assert.equal(failed.exitCode, 1);
        assert.match(failed.output, /ERROR: /);
      },
    },
    {
      name: 'text that is not exactly one complete function is refused immediately',
      needs: ['option-functions'],
      body: async (context) => {
        await forEachCase(NOT_FUNCTIONS, ([source, named]) => expectInvalid(context.fresh({ functions: [source] }), named));
        await expectInvalid(context.fresh({ functions: [ADD, ADD] }), 'add_two_numbers');
      },
    },
    {
      name: 'invalid packages, imports and module names are refused immediately',
      needs: ['option-functions'],
      body: async (context) => {
        const refused = async (change: object, named: string): Promise<void> =>
          expectInvalid(context.fresh({ functions: [{ source: ADD, ...change }] }), named);
        await refused({ pythonPackages: 'pandas' }, 'pythonPackages');
        for (const name of ['-r/etc/passwd', '', 'a\nb']) await refused({ pythonPackages: [name] }, 'pythonPackages[0]');
        for (const name of ['os; import sys', '', 'a..b', 'import', 'a b']) await refused({ globalImports: [name] }, 'globalImports[0]');
        await refused({ globalImports: [{ module: 'os', imports: ['path\nimport sys'] }] }, 'globalImports[0]');
        for (const functionsModule of ['invalid-identifier', '1a', 'a.b', '../a', 'class', ''])
          await expectInvalid(context.fresh({ functions: [ADD], functionsModule }), 'valid Python identifier');
        for (const packageIndex of ['', 'ftp://a/b', '--config'])
          await expectInvalid(context.fresh({ functions: [ADD], packageIndex }), 'packageIndex');
      },
    },
    {
      name: 'errors that only Python can detect are reported by the first call, which runs nothing',
      needs: ['python', 'option-functions', 'files'],
      budgetMs: 120_000,
      body: async (context) => {
        for (const { named, ...bad } of BAD_MODULES) {
          const executor = await context.fresh({ functions: [bad] });
          const error = await expectSandpodError(executor.runCode('open("ran", "w")'), 'functions-failed');
          assert.match(error.message, /^Functions failed to load/);
          assert.ok(error.message.includes(named), error.message);
          assert.equal(await (await context.files(executor)).stat({ path: 'ran' }), null);
        }
      },
    },
  ],
};
