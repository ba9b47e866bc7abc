import { type Sandbox, SandpodError } from '@sandpod/core';
import { CommandLineCodeExecutor } from '@sandpod/core/backend';
import { expect, it } from 'vitest';
import { EmbeddedSandboxProvider } from '../src/index.ts';

/** A provider whose sandboxes lose their connection when files are listed after a run. */
class ForgetfulProvider extends EmbeddedSandboxProvider {
  override async create(...options: Parameters<EmbeddedSandboxProvider['create']>): ReturnType<EmbeddedSandboxProvider['create']> {
    const sandbox = await super.create(...options);
    const listTree = sandbox.listTree.bind(sandbox);
    let lists = 0;
    sandbox.listTree = async (...args: Parameters<Sandbox['listTree']>) => {
      lists += 1;
      if (lists % 2 === 0) throw new SandpodError({ code: 'transport', message: 'The connection broke.' });
      return listTree(...args);
    };
    return sandbox;
  }
}

it('a run whose files cannot be collected keeps its result, and the result says so', async () => {
  await using executor = new CommandLineCodeExecutor({ provider: new ForgetfulProvider() });
  const options = { collectFiles: true } as const;
  const result = await executor.runCode('open("made.txt", "w").write("1"); print("ran")', options);
  expect(result).toMatchObject({ outcome: 'ok', exitCode: 0, stdout: 'ran\n', files: [] });
  expect(result.reason).toBe('Not all files could be collected: The connection broke.');
  const failing = await executor.runCode('import sys; sys.exit(3)', options);
  expect(failing).toMatchObject({ outcome: 'failed', exitCode: 3 });
  expect(failing.reason).toMatch(/code 3.* Not all files could be collected: The connection broke\.$/);
});
