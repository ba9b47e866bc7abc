import {
  CodeExecutionLanguage,
  type File,
  FileContentEncoding,
  InMemorySessionService,
  InvocationContext,
  LlmAgent,
  PluginManager,
} from '@google/adk';
import { EmbeddedCommandLineCodeExecutor } from '@sandpod/embedded';
import { afterAll, describe, expect, test } from 'vitest';
import { AdkCodeExecutor } from '../src/adk/index.ts';

const executor = new EmbeddedCommandLineCodeExecutor();
const codeExecutor = new AdkCodeExecutor({ executor });
afterAll(() => executor.stop());

type Input = Parameters<AdkCodeExecutor['executeCode']>[0]['codeExecutionInput'];

async function contextOf(userId = 'u'): Promise<InvocationContext> {
  const sessionService = new InMemorySessionService();
  const session = await sessionService.createSession({ appName: 'test', userId, sessionId: 'same' });
  const agent = new LlmAgent({ name: 'any' });
  return new InvocationContext({ sessionService, session, agent, invocationId: 'i', pluginManager: new PluginManager() });
}

async function execute(input: Partial<Input> & { code: string }, target = codeExecutor): ReturnType<AdkCodeExecutor['executeCode']> {
  const codeExecutionInput = { language: CodeExecutionLanguage.PYTHON, inputFiles: [], ...input };
  return target.executeCode({ invocationContext: await contextOf(), codeExecutionInput });
}

function file(name: string, content: string, contentEncoding?: FileContentEncoding): File {
  return { name, content, mimeType: 'application/octet-stream', ...(contentEncoding && { contentEncoding }) };
}

describe('executeCode', () => {
  test('writes input files of every encoding to the workspace, and returns only files that the code created', async () => {
    const inputFiles = [
      file('plain.csv', 'a,b\n1,2\n'),
      file('utf8.txt', 'grüße', FileContentEncoding.UTF8),
      file('data/raw.bin', Buffer.from([0, 255]).toString('base64'), FileContentEncoding.BASE64),
    ];
    const code =
      'print(open("plain.csv").read(), open("utf8.txt").read(), list(open("data/raw.bin", "rb").read())); open("made.txt", "w").write("é")';
    const result = await execute({ code, inputFiles });
    expect(result).toMatchObject({ stdout: 'a,b\n1,2\n grüße [0, 255]\n', stderr: '' });
    expect(result.outputFiles).toEqual([
      {
        name: 'made.txt',
        content: Buffer.from('é').toString('base64'),
        contentEncoding: FileContentEncoding.BASE64,
        mimeType: 'text/plain',
      },
    ]);
  });

  test.each(['../escape.txt', '/etc/passwd', 'a\0b'])('refuses the input file %j and runs nothing', async (name) => {
    const result = await execute({ code: 'print("ran")', inputFiles: [file(name, 'x')] });
    expect(result.stdout).toBe('');
    expect(result.stderr).not.toBe('');
  });

  test('passes arguments, from a list or by name', async () => {
    const code = 'import sys; print(sys.argv[1:])';
    expect((await execute({ code, args: ['a b', '--c'] })).stdout).toBe("['a b', '--c']\n");
    expect((await execute({ code, args: { depth: 3, fast: true } })).stdout).toBe("['--depth', '3', '--fast', 'true']\n");
  });

  test.each([
    [CodeExecutionLanguage.UNSPECIFIED, 'print("py")', 'py\n'],
    [CodeExecutionLanguage.JAVASCRIPT, 'console.log("js")', 'js\n'],
    [CodeExecutionLanguage.SHELL, 'echo "sh"', 'sh\n'],
  ])('runs %s', async (language, code, stdout) => {
    expect(await execute({ code, language })).toMatchObject({ stdout, stderr: '' });
  });

  test('cuts the text for the model at maxModelCharacters', async () => {
    const brief = new AdkCodeExecutor({ executor, maxModelCharacters: 100 });
    expect((await execute({ code: 'print("x" * 199)' }, brief)).stdout).toMatch(
      /^x{50}\n\[\.\.\. 100 characters omitted \.\.\.\]\nx{49}\n$/,
    );
  });

  test('writes a reason to stderr for every failure', async () => {
    expect((await execute({ code: 'raise SystemExit(7)' })).stderr).toContain('7');
    expect((await execute({ code: 'dir', language: CodeExecutionLanguage.WINDOWS_CMD })).stderr).toContain('cmd');
    const hasty = new AdkCodeExecutor({ executor, timeoutMs: 500 });
    expect((await execute({ code: 'while True: pass' }, hasty)).stderr).toContain('500 ms');
  });

  test('returns a platform that cannot start as a failure with advice', async () => {
    const broken = new AdkCodeExecutor({ executor: new EmbeddedCommandLineCodeExecutor({ startTimeoutMs: 1 }) });
    expect((await execute({ code: 'print(1)' }, broken)).stderr).toContain('start-timeout');
  });
});

test('equal session ids of two users are separate sessions, and the oldest idle session makes room', async () => {
  const stopped: number[] = [];
  let count = 0;
  class Numbered extends EmbeddedCommandLineCodeExecutor {
    readonly #number = count++;

    override async stop(): Promise<void> {
      await super.stop();
      stopped.push(this.#number);
    }
  }
  await using pooled = new AdkCodeExecutor({ createExecutor: () => new Numbered(), maxSessions: 1 });
  const codeExecutionInput = {
    code: 'import os; print(os.path.exists("mine")); open("mine", "w").close()',
    language: CodeExecutionLanguage.PYTHON,
    inputFiles: [],
    executionId: 'same',
  };
  const run = async (userId: string): Promise<string> =>
    (await pooled.executeCode({ invocationContext: await contextOf(userId), codeExecutionInput })).stdout;
  expect(await run('one')).toBe('False\n');
  expect(await run('one')).toBe('True\n');
  expect(await run('two')).toBe('False\n');
  expect(stopped).toEqual([0]);
});

test('a hint follows code that fails because the sandbox lacks something', async () => {
  const { stderr } = await execute({ code: 'import numpy' });
  expect(stderr).toContain('Hint: Python has only its standard library here. Use lists, math, statistics and fractions.');
});
