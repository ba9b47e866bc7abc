import assert from 'node:assert/strict';
import { expectInvalid } from '../../tools/expect-failure.ts';
import type { ExecutorTheme } from '../executor-test.ts';

/** Tests which code runs, which code is only saved, and which code is refused. */
export const languagesTheme: ExecutorTheme = {
  name: 'languages',
  tests: [
    {
      name: 'Python code runs',
      needs: ['python'],
      body: async (context) => {
        const executor = await context.shared();
        const result = await executor.runCode("print('Hello, World!')");
        context.expectOk(result);
        assert.deepEqual(
          [result.output, result.stdout, result.stderr, result.blocks.length],
          ['Hello, World!\n', 'Hello, World!\n', '', 1],
        );
        assert.equal(result.blocks[0]?.language, 'python');
      },
    },
    {
      name: 'the variables of the executor and of a call take precedence over those of a language',
      needs: ['python'],
      body: async (context) => {
        const code = "import os, sys\nprint(os.environ.get('PYTHONUNBUFFERED'), sys.stdout.write_through)";
        const executor = await context.fresh({ env: { PYTHONUNBUFFERED: '' } });
        assert.equal(context.expectOk(await executor.runCode(code)), ' False\n');
        assert.equal(context.expectOk(await executor.runCode(code, { env: { PYTHONUNBUFFERED: 'x' } })), 'x True\n');
        assert.equal(context.expectOk(await (await context.shared()).runCode(code)), '1 True\n');
      },
    },
    {
      name: 'aliases are accepted, in upper or lower case',
      needs: ['python'],
      body: async (context) => {
        const executor = await context.shared();
        for (const language of ['python', 'PY', ' python3.11\n', 'ipython']) {
          const result = await executor.execute([{ code: 'print(6 * 7)', language }]);
          assert.equal(context.expectOk(result), '42\n');
          assert.equal(result.blocks[0]?.language, 'python');
        }
      },
    },
    {
      name: 'sh code runs, also as `shell`',
      needs: ['sh'],
      body: async (context) => {
        const executor = await context.shared();
        for (const language of ['sh', 'shell', 'SH'])
          assert.equal(context.expectOk(await executor.runCode("echo 'hello world!'", { language })), 'hello world!\n');
      },
    },
    {
      name: 'bash code runs in bash',
      needs: ['bash'],
      body: async (context) => {
        const executor = await context.shared();
        const code = 'words=(hello "world!"); echo "${words[0]} ${words[1]}"; [[ a == a ]] && echo bash';
        assert.equal(context.expectOk(await executor.runCode(code, { language: 'bash' })), 'hello world!\nbash\n');
      },
    },
    {
      name: 'JavaScript code runs',
      needs: ['javascript', 'separate-streams'],
      body: async (context) => {
        const executor = await context.shared();
        const blocks = ["console.log('hello world!')", 'let a = 100 + 100; console.log(a)'].map((code) => ({
          code,
          language: 'javascript',
        }));
        assert.equal(context.expectOk(await executor.execute(blocks)), 'hello world!\n200\n');
        assert.equal(
          context.expectOk(await executor.runCode('console.error("problem"); console.log(typeof 1n)', { language: 'js' })),
          'bigint\n',
        );
      },
    },
    {
      name: 'a JavaScript error has the outcome failed, with its message on stderr',
      needs: ['javascript', 'separate-streams'],
      body: async (context) => {
        const executor = await context.shared();
        const result = await executor.runCode('console.log("before"); throw new TypeError("broken here")', { language: 'javascript' });
        context.expectOutcome(result, 'failed');
        assert.equal(result.stdout, 'before\n');
        assert.match(result.stderr, /TypeError: broken here/);
      },
    },
    {
      name: 'a Python error has the outcome failed, with its traceback on stderr',
      needs: ['python', 'exit-code'],
      body: async (context) => {
        const executor = await context.shared();
        const result = await executor.runCode('print("before")\nprint(sys.platform)');
        context.expectOutcome(result, 'failed');
        assert.equal(result.exitCode, 1);
        assert.equal(result.stdout, 'before\n');
        assert.match(result.output, /Traceback[\s\S]*line 2[\s\S]*NameError/);
      },
    },
    {
      name: 'opening a file in a missing directory fails as usual',
      needs: ['python'],
      body: async (context) => {
        const executor = await context.shared();
        const result = await executor.runCode('open("no/such/directory/file", "w")');
        context.expectOutcome(result, 'failed');
        assert.match(result.output, /No such file or directory/);
      },
    },
    {
      name: 'an unknown language is refused, the reason lists the supported languages, and nothing runs',
      body: async (context) => {
        const executor = await context.shared();
        for (const language of ['klingon', '', 'python; id', '../python']) {
          const result = await executor.execute([{ code: 'print(1)', language }]);
          context.expectOutcome(result, 'refused');
          assert.deepEqual([result.output, result.exitCode], ['', null]);
          for (const { id, policy } of executor.capabilities.languages)
            if (policy === 'run') assert.ok(result.reason?.includes(id), result.reason);
        }
      },
    },
    {
      name: 'the capabilities list at least one language that runs, with ids in lower case and without duplicate names',
      body: async (context) => {
        const { languages, streaming } = (await context.shared()).capabilities;
        const names = languages.flatMap(({ id, aliases }) => [id, ...aliases]);
        assert.equal(new Set(names).size, names.length);
        assert.deepEqual(
          names,
          names.map((name) => name.toLowerCase()),
        );
        assert.ok(languages.some(({ policy }) => policy === 'run'));
        for (const id of streaming)
          assert.ok(
            languages.some((language) => language.id === id),
            id,
          );
      },
    },
    {
      name: 'code in a language that is only saved succeeds without output',
      needs: ['save-only', 'code-files'],
      body: async (context) => {
        const executor = await context.shared();
        const files = await context.files();
        const html = await executor.execute([
          { code: '<!-- filename: test.html -->\n<p>text</p>', language: 'html', filename: 'page.html' },
        ]);
        assert.deepEqual([context.expectOk({ ...html, exitCode: html.exitCode ?? 0 }), html.codeFile], ['', 'page.html']);
        assert.equal(await files.readTextFile({ path: 'page.html' }), '<!-- filename: test.html -->\n<p>text</p>');
        const css = await executor.execute([{ code: 'p { color: red }', language: 'CSS' }]);
        assert.match(css.codeFile ?? '', /^tmp_code_[0-9a-f]{8}\.css$/);
      },
    },
    {
      name: 'comments of other languages can also name files',
      needs: ['save-only', 'code-files', 'option-policies'],
      body: async (context) => {
        const executor = await context.fresh({ policies: { javascript: false } });
        const blocks = [
          ['javascript', '// filename: test.js', 'test.js'],
          ['css', '/* filename: test.css */', 'test.css'],
          ['html', '<!-- filename: test.html -->', 'test.html'],
        ] as const;
        for (const [language, code, codeFile] of blocks) {
          const result = await executor.execute([{ code: `${code}\n`, language }]);
          assert.deepEqual([result.outcome, result.output, result.codeFile], ['ok', '', codeFile]);
        }
      },
    },
    {
      name: 'with the policy false, code is only saved',
      needs: ['option-policies', 'code-files'],
      body: async (context) => {
        const executor = await context.fresh({ policies: { [context.guest.language]: false } });
        const result = await context.run(context.guest.print({ stdout: 'must not appear' }), { executor });
        assert.deepEqual([result.outcome, result.output], ['ok', '']);
        const saved = await (await context.files(executor)).readTextFile({ path: result.codeFile ?? '' });
        assert.equal(saved, context.guest.print({ stdout: 'must not appear' }));
      },
    },
    {
      name: 'policies change only the languages that they name',
      needs: ['option-policies'],
      body: async (context) => {
        const usual = (await context.shared()).capabilities.languages;
        const { language } = context.guest;
        const executor = await context.fresh({ policies: { [language]: false } });
        await executor.start();
        const changed = executor.capabilities.languages.filter(
          ({ id, policy }) => usual.find((other) => other.id === id)?.policy !== policy,
        );
        assert.deepEqual(
          changed.map(({ id, policy }) => [id, policy]),
          [[language, 'save']],
        );
      },
    },
    {
      name: 'a policy for a language that does not exist is refused',
      needs: ['option-policies'],
      body: async (context) => {
        await expectInvalid(context.fresh({ policies: { klingon: true } }), 'klingon');
      },
    },
  ],
};
