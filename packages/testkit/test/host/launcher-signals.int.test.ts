import { expect } from 'vitest';
import { inEachShell } from './each-shell.ts';
import { processesNamed } from './host-processes.ts';

/** Resolves with the output up to and including a text. */
async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, text: string): Promise<string> {
  let seen = '';
  while (!seen.includes(text)) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`Expected ${JSON.stringify(text)}, given ${JSON.stringify(seen)} and the end.`);
    seen += Buffer.from(value).toString();
  }
  return seen;
}

inEachShell('a signal reaches the program and its children, and the program can handle it', async (make) => {
  const { sandbox } = await make();
  const child = 'trap "echo child; exit 0" USR1; while :; do sleep 0.05; done';
  const command = `trap "echo parent" USR1; trap "exit 7" INT; sh -c '${child}' & echo ready; while :; do sleep 0.05; done`;
  const running = await sandbox.spawn({ command });
  const reader = running.stdout.getReader();
  await readUntil(reader, 'ready\n');
  // The child may not have set its trap yet.
  await sandbox.run({ command: 'sleep 0.3' });
  await running.signal('USR1');
  const seen = await readUntil(reader, 'parent\n');
  if (!seen.includes('child\n')) await readUntil(reader, 'child\n');
  await running.signal('INT');
  expect(await running.wait()).toEqual({ exitCode: 7 });
});

inEachShell('a signal without a handler ends the program with the exit code that shells use', async (make) => {
  const { sandbox } = await make();
  for (const [name, exitCode] of [
    ['TERM', 143],
    ['HUP', 129],
    ['KILL', 137],
  ] as const) {
    const running = await sandbox.spawn({ argv: ['sleep', '100'] });
    await running.signal(name);
    expect(await running.wait()).toMatchObject({ exitCode });
  }
});

inEachShell('a stopped program continues after CONT, and can be killed while it is stopped', async (make) => {
  const { sandbox } = await make();
  const running = await sandbox.spawn({ command: 'while :; do echo tick; sleep 0.05; done' });
  const reader = running.stdout.getReader();
  await readUntil(reader, 'tick\n');
  await running.signal('STOP');
  const stateOf = async () => (await sandbox.run({ argv: ['sh', '-c', 'sed "s/.*) //" /proc/$0/stat', `${running.pid}`] })).stdout;
  // A signal is on its way for a moment on a busy machine.
  await expect.poll(stateOf, { timeout: 5_000 }).toMatch(/^T /);
  await running.signal('CONT');
  await readUntil(reader, 'tick\n');
  await running.signal('STOP');
  await running.kill();
  expect((await running.wait()).exitCode).toBe(137);
});

inEachShell('a signal reaches a program whose input is sent in frames', async (make) => {
  const { sandbox } = await make({ halfClose: false });
  const running = await sandbox.spawn({ command: 'trap "echo got; exit 5" TERM; echo ready; while :; do sleep 0.05; done', stdin: true });
  const reader = running.stdout.getReader();
  await readUntil(reader, 'ready\n');
  await running.signal('TERM');
  expect(await readUntil(reader, 'got\n')).toContain('got');
  expect((await running.wait()).exitCode).toBe(5);
});

inEachShell('a signal for a program that has ended reaches no other process with its number', async (make) => {
  const { sandbox } = await make();
  const running = await sandbox.spawn({ argv: ['true'] });
  await running.wait();
  await running.signal('KILL');
  await expect(running.signal('NOTHING' as 'KILL')).rejects.toMatchObject({ code: 'invalid-options' });
});

inEachShell('a signal for a run does not reach other runs', async (make) => {
  const { sandbox } = await make();
  const nap = `5${Math.floor(Math.random() * 1e8)}`;
  const neighbour = await sandbox.spawn({ argv: ['sleep', nap] });
  const running = await sandbox.spawn({ argv: ['sleep', '100'] });
  await running.signal('KILL');
  await running.wait();
  expect(processesNamed(nap)).toHaveLength(1);
  await neighbour.kill();
});
