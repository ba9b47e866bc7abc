import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { LAUNCHER_SCRIPT } from '@sandpod/launcher';
import { expect } from 'vitest';
import { inEachShell, outputOf } from './each-shell.ts';
import { processesWith } from './host-processes.ts';

inEachShell('text that looks like the launcher’s lines changes nothing [row 38]', async (make) => {
  const { sandbox } = await make();
  const forged = ['+', '-0 0 0', '!missing', '~'].map((line) => `\u001e${'0'.repeat(32)}${line}\n`).join('');
  const program =
    'printf "%s" "$1"; printf "%s" "$1" >&2; printf "\\036%s-0 0 0\\n" "$SANDPOD_RUN" | tee /dev/stderr; printf "\\036"; exit 9';
  const result = await sandbox.run({ argv: ['sh', '-c', program, 'sh', forged] });
  expect(result.exitCode).toBe(9);
  expect(result.stdout.startsWith(forged) && result.stderr.startsWith(forged)).toBe(true);
  expect(result.stdout.endsWith('-0 0 0\n\u001e')).toBe(true);
});

inEachShell('the last of 200,000 lines arrives on both streams [row 36]', async (make) => {
  const { sandbox } = await make();
  const count = 'i=0; while [ $i -lt 20 ]; do seq $((i * 10000 + 1)) $((i * 10000 + 10000)); i=$((i + 1)); done';
  const result = await sandbox.run({ command: `${count}; (${count}) >&2`, keptOutputBytes: 8 * 1024 * 1024 });
  const expected = Array.from({ length: 200_000 }, (_, index) => `${index + 1}\n`).join('');
  expect(result.stdout === expected && result.stderr === expected).toBe(true);
});

inEachShell('input in frames arrives verbatim with its end, and can stay unread [row 39]', async (make) => {
  const { sandbox } = await make({ halfClose: false });
  const content = randomBytes(5 * 1024 * 1024);
  const running = await sandbox.spawn({ argv: ['cat'], stdin: true });
  const feeding = (async () => {
    const writer = running.stdin?.getWriter();
    await writer?.write(content);
    await writer?.close();
  })();
  const chunks: Uint8Array[] = [];
  for await (const { bytes } of running.output) chunks.push(bytes);
  await feeding;
  expect(await running.wait()).toEqual({ exitCode: 0 });
  expect(Buffer.concat(chunks).equals(content)).toBe(true);
  expect((await sandbox.run({ argv: ['cat'], stdin: '' })).stdout).toBe('');
  expect((await sandbox.run({ command: 'exit 4', stdin: content })).exitCode).toBe(4);
  expect((await sandbox.run({ command: 'read -r a; echo "$a"', stdin: 'first\nsecond\n', timeoutMs: 3_000 })).stdout).toBe('first\n');
  await expect(sandbox.run({ command: 'trap "" TERM; while :; do :; done', stdin: content, timeoutMs: 300 })).rejects.toMatchObject({
    outcome: 'timeout',
  });
});

inEachShell('a truncated request starts nothing and leaves nothing', async (make) => {
  const { sandbox, machine } = await make();
  const nonce = 'n'.repeat(33);
  const boot = `${Buffer.byteLength(LAUNCHER_SCRIPT)}\n${LAUNCHER_SCRIPT}=${nonce}\n=${machine.workspace}\n=1\n=\n`;
  const run = `=run\n=${nonce}\n=id\n=\n=200\n=none\n=2\n=a/small\n=text\n=x\n=large\n=frames\n5\nhello0\n=.\n=0\n=0\n=0\n=touch\n=2\n=touch\n=started\n=go\n`;
  const write = `=write\n=${nonce}\n=id\n=written\n5\nhello0\n`;
  for (const [request, made] of [
    [run, 'started'],
    [write, 'written'],
  ] as const) {
    for (let cut = 1; cut < request.length; cut += 7) {
      const channel = await machine.open(['sh', '-c', 'IFS= read -r n && eval "$(dd bs="$n" count=1 iflag=fullblock 2>/dev/null)"']);
      const writer = channel.stdin.getWriter();
      await writer.write(Buffer.from(boot + request.slice(0, cut)));
      await writer.close();
      for await (const _ of channel.output);
    }
    const names = (await sandbox.listDirectory({ path: '.' }))?.map(({ name }) => name);
    expect(names).not.toContain(made);
    expect(names?.filter((name) => name.startsWith('.sandpod-'))).toEqual([]);
  }
});

inEachShell('2,000 orphans leave no trace in the process table [row 29]', async (make) => {
  const { sandbox, machine } = await make();
  const zombies = (): number => readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isZombie(name)).length;
  const before = zombies();
  await sandbox.run({ command: 'i=0; while [ $i -lt 2000 ]; do (true &); i=$((i + 1)); done; echo done' });
  await expect.poll(zombies, { timeout: 10_000 }).toBeLessThanOrEqual(before + 5);
  await expect.poll(() => machine.processes().length, { timeout: 10_000 }).toBeLessThan(20);
});

inEachShell('100 runs in a row leave no processes, files or descriptors, and hardly need an exec', async (make) => {
  const { sandbox, machine } = await make();
  const files = [{ path: 'code.sh', content: 'echo "$1"\n' }];
  const one = async (index: number): Promise<void> => {
    const result = await sandbox.run({ argv: ['sh', 'code.sh', `${index}`], files, timeoutMs: 5_000 });
    expect(result.stdout).toBe(`${index}\n`);
  };
  for (let index = 0; index < 10; index += 1) await one(index);
  await delay(500);
  const before = { processes: machine.processes().length, descriptors: readdirSync('/proc/self/fd').length };
  for (let index = 0; index < 100; index += 1) await one(index);
  await expect.poll(() => machine.processes().length, { timeout: 10_000 }).toBeLessThanOrEqual(before.processes + 8);
  expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before.descriptors + 20);
  expect((await sandbox.listDirectory({ path: '.' }))?.map(({ name }) => name)).toEqual(['code.sh']);
  await sandbox[Symbol.asyncDispose]();
  expect(processesWith(machine.workspace)).toEqual([]);
});

inEachShell('a file that cannot be created is an error, and the launcher keeps working', async (make) => {
  const { sandbox, machine } = await make();
  for (const path of ['/proc/nothing', '/proc/no/file', '/dev/null/file']) {
    await expect(sandbox.writeTextFile({ path, content: 'x' })).rejects.toMatchObject({
      code: expect.stringMatching(/permission-denied|not-directory/),
    });
  }
  const execs = machine.channels.length;
  for (let count = 0; count < 20; count += 1) expect(await sandbox.readTextFile({ path: 'nothing' })).toBeNull();
  // On a busy machine, a few execs are opened in advance. Without reuse, there would be one per request.
  expect(machine.channels.length).toBeLessThan(execs + 10);
});

inEachShell('an open input is closed for writing when its program has ended', async (make) => {
  const { sandbox } = await make();
  const running = await sandbox.spawn({ argv: ['true'], stdin: true });
  await running.wait();
  await expect(running.stdin?.getWriter().write(new Uint8Array(10))).rejects.toThrow('ended');
  expect((await outputOf(sandbox, { command: 'echo next' })).toString()).toBe('next\n');
});

function isZombie(pid: string): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}
