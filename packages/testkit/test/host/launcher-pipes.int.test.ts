import { SandpodError } from '@sandpod/core';
import { expect } from 'vitest';
import { inEachShell } from './each-shell.ts';

/** Leaves a process behind that makes `a` a file and a pipe in turn. */
const RACER = `
import os, time
open('a', 'w').write('hello')
if os.fork(): os._exit(0)
os.setsid()
end = time.time() + 20
null = os.open('/dev/null', os.O_RDWR)
for fd in (0, 1, 2): os.dup2(null, fd)
while time.time() < end:
    os.mkfifo('t1'); os.rename('t1', 'a'); time.sleep(0.001)
    with open('t2', 'w') as file: file.write('hello')
    os.rename('t2', 'a'); time.sleep(0.003)
`;

inEachShell('a name that is a file and a pipe in turn blocks neither a read nor a launcher', async (make) => {
  const { sandbox } = await make();
  expect(await sandbox.run({ argv: ['python3', '-c', RACER] })).toMatchObject({ exitCode: 0 });
  const outcomes = new Set<string>();
  for (let count = 0; count < 40; count += 1) {
    const read = sandbox.readTextFile({ path: 'a', timeoutMs: 5_000 });
    outcomes.add((await read.catch((error: unknown) => messageOf(error))) ?? 'missing');
  }
  expect([...outcomes].filter((outcome) => outcome.includes('did not complete'))).toEqual([]);
  expect(outcomes.has('hello')).toBe(true);
  await sandbox.endProcesses();
});

inEachShell('a pipe with the name of a probe or of a file does not block a write', async (make) => {
  const { sandbox } = await make();
  await sandbox.run({ command: 'mkfifo .sandpod-probe taken; mkdir shut; mkfifo shut/.sandpod-probe; chmod 500 shut' });
  await sandbox.writeTextFile({ path: 'taken', content: 'x'.repeat(5_000), timeoutMs: 5_000 });
  expect(await sandbox.readTextFile({ path: 'taken' })).toHaveLength(5_000);
  const refused = await sandbox.writeTextFile({ path: 'shut/new/file', content: 'x', timeoutMs: 5_000 }).catch((error: unknown) => error);
  if (SandpodError.isInstance(refused)) expect(refused.message).not.toContain('did not complete');
});

function messageOf(error: unknown): string {
  if (!SandpodError.isInstance(error)) throw error;
  return error.message;
}
