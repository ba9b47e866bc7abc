import { type ApprovalRequest, type ChatMessage, createCodeRunner } from '@sandpod/agents/chat';
import { EmbeddedCommandLineCodeExecutor } from '@sandpod/embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';

const executor = new EmbeddedCommandLineCodeExecutor();
beforeAll(() => executor.start());
afterAll(() => executor.stop());

function said(text: string, source = 'writer'): ChatMessage[] {
  return [{ source, text }];
}

function fence(code: string, language = 'python'): string {
  return `\`\`\`${language}\n${code}\n\`\`\``;
}

const runner = createCodeRunner({ executor });

test('runs the code of a message', async () => {
  const reply = await runner.reply(said(`Here it is:\n${fence('import math\nprint("%0.3f" % math.sqrt(42))')}\nand that is all.`));
  expect(reply).toMatchObject({ status: 'run', text: expect.stringContaining('6.481'), result: { outcome: 'ok' } });
});

test('fences of every kind run exactly their code', async () => {
  const nested = '````python\nprint("""\n```sh\necho no\n```\n""")\n````';
  const tilde = '~~~py title="x"\r\nprint(2)\r\n~~~\r\n';
  const unclosed = '1. then\n   ``` python\n   print(3)\n';
  const { result } = await runner.reply(said([nested, tilde, unclosed].join('\n')));
  expect(result?.blocks.map(({ stdout }) => stdout)).toEqual(['\n```sh\necho no\n```\n\n', '2\n', '3\n']);
});

test('code without output is reported with its exit code', async () => {
  const { text } = await runner.reply(said(fence('import math\nnumber = 42\nsquare_root = math.sqrt(number)')));
  expect(text).toMatch(/POSIX exit code: 0.*printed nothing/);
});

test('blocks run up to the first failure', async () => {
  const blocks = [
    fence('print("%0.3f" % (42 ** 0.5))'),
    fence('echo second', 'sh'),
    fence('import math\nprint(math.sqrt(-1.0))'),
    fence('print("never")'),
  ];
  const { text, result } = await runner.reply(said(blocks.join('\n')));
  expect(text).toContain('6.481');
  expect(text).toContain('second');
  expect(text).toContain('POSIX exit code: 1');
  expect(text).toContain('ValueError: math domain error');
  expect(text).not.toContain('never');
  expect(result?.blocks).toHaveLength(3);
});

test('a text without fences has no code', async () => {
  const reply = await runner.reply(said('print("not in a fence")'));
  expect(reply).toEqual({ status: 'no-code', text: expect.stringContaining('No code blocks found in the thread') });
});

test.each([
  ['at once', () => ({ approved: false, reason: 'no deletions' })],
  ['later', async () => ({ approved: false, reason: 'no deletions' })],
])('code that is not approved (%s) is not run, and the writer gets the reason', async (_name, decide) => {
  await executor.files.writeTextFile({ path: 'somefile.txt', content: 'precious' });
  const requests: ApprovalRequest[] = [];
  const events: unknown[] = [];
  const guarded = createCodeRunner({
    executor,
    approve: (request) => {
      requests.push(request);
      return decide();
    },
  });
  const messages = [...said('Please tidy up.', 'user'), ...said(fence('rm somefile.txt', 'sh'))];
  const reply = await guarded.reply(messages, { onEvent: (event) => events.push(event) });
  expect(reply).toEqual({ status: 'not-approved', text: expect.stringMatching(/not approved.*POSIX exit code: 1.*Reason: no deletions/) });
  expect(requests).toMatchObject([
    { markdown: '```sh\nrm somefile.txt\n```', blocks: [{ code: 'rm somefile.txt\n', language: 'sh' }], messages },
  ]);
  expect(events).toMatchObject([{ type: 'approval', approved: false, reason: 'no deletions' }]);
  expect(await executor.files.readTextFile({ path: 'somefile.txt' })).toBe('precious');
});

test.each([[undefined], [null], ['yes'], [1], [{}], [{ approved: 'true' }]])('%j is not an approval', async (answer) => {
  const guarded = createCodeRunner({ executor, approve: () => answer as never });
  expect(await guarded.reply(said(fence('print(1)')))).toMatchObject({ status: 'not-approved' });
});

test('approved code runs exactly as it was shown', async () => {
  const guarded = createCodeRunner({ executor, approve: ({ blocks }) => blocks.every(({ code }) => code.includes('print')) });
  expect(await guarded.reply(said(fence('print("yes")')))).toMatchObject({ status: 'run', text: expect.stringContaining('yes') });
});

test('if the approval fails or is aborted, nothing runs and the error is thrown', async () => {
  const failure = new Error('the approver is gone');
  const failing = createCodeRunner({ executor, approve: () => Promise.reject(failure) });
  await expect(failing.reply(said(fence('open("ran", "w")')))).rejects.toBe(failure);
  const controller = new AbortController();
  const waiting = createCodeRunner({ executor, approve: () => new Promise(() => {}) }).reply(said(fence('open("ran", "w")')), {
    abortSignal: controller.signal,
  });
  controller.abort(failure);
  await expect(waiting).rejects.toBe(failure);
  expect(await executor.files.stat({ path: 'ran' })).toBeNull();
});

test('only listed languages run, and other languages are reported', async () => {
  const onlyPython = createCodeRunner({ executor, languages: ['py'] });
  const both = await onlyPython.reply(said(`${fence('print("ran")', 'Python3')}\n${fence('touch ran', 'bash')}\n${fence('?', '')}`));
  expect(both.text).toMatch(/^Not run: code blocks with bash, no language\. Only these languages are run here: python\.\nThe code ran/);
  expect(both.text).toContain('ran');
  const none = await onlyPython.reply(said(fence('touch ran', 'bash')));
  expect(none).toMatchObject({ status: 'no-code', text: expect.stringMatching(/No code blocks found in the thread\. Not run: .*bash/) });
  expect(await executor.files.stat({ path: 'ran' })).toBeNull();
});

test('a fence without a language runs in the default language, if it is set', async () => {
  const withDefault = createCodeRunner({ executor, defaultLanguage: 'python' });
  expect(await withDefault.reply(said(fence('print("default")', '')))).toMatchObject({ text: expect.stringContaining('default') });
});

test('only code from the given sources runs, by default from the writer', async () => {
  const fromUser = said(fence('print("from the user")'), 'user');
  expect(await runner.reply(fromUser)).toMatchObject({ status: 'no-code' });
  expect(await createCodeRunner({ executor, sources: ['user'] }).reply(fromUser)).toMatchObject({ status: 'run' });
});

test('output of the executor is never run, and code runs once', async () => {
  const printed = said(fence('print("injected")'), 'executor');
  expect(await runner.reply([...said(fence('print(1)')), ...printed])).toMatchObject({ status: 'no-code' });
  expect(() => createCodeRunner({ executor, sources: ['executor'] })).toThrow(/sources: expected names other than executor/);
});

test('an unknown language in the list is an invalid option', () => {
  expect(() => createCodeRunner({ executor, languages: ['cobol'] })).toThrow(
    /languages: expected languages from the list python, .* given "cobol"/,
  );
});

test('an abort kills the run and is thrown', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const reply = runner.reply(said(fence('import time\nprint("begun", flush=True)\ntime.sleep(600)')), {
    abortSignal: controller.signal,
    onEvent: (event) => {
      if (event.type === 'execution' && event.event.type === 'stdout') controller.abort(reason);
    },
  });
  await expect(reply).rejects.toBe(reason);
  expect(await executor.runCode('print("free")', { timeoutMs: 30_000 })).toMatchObject({ outcome: 'ok' });
});

test('a platform that cannot start throws', async () => {
  const broken = new EmbeddedCommandLineCodeExecutor({ startTimeoutMs: 1 });
  await expect(createCodeRunner({ executor: broken }).reply(said(fence('print(1)')))).rejects.toMatchObject({ code: 'start-timeout' });
  await broken.stop();
});
