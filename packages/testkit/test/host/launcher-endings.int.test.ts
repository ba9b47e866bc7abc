import { setTimeout as delay } from 'node:timers/promises';
import { ProcessLost } from '@sandpod/core';
import { expect } from 'vitest';
import { inEachShell } from './each-shell.ts';
import { processesNamed } from './host-processes.ts';

/** A unique number for this test's sleep processes, to find them again. */
const naps = (): string => `4${Math.floor(Math.random() * 1e8)}`;

const lostWith = async (run: Promise<unknown>): Promise<ProcessLost> => {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!ProcessLost.isInstance(error)) throw new Error(`Expected ProcessLost, given ${String(error)}.`);
  return error;
};

inEachShell('exit codes and signals are the program’s own [row 26]', async (make) => {
  const { sandbox } = await make();
  for (const code of [0, 1, 2, 3, 97, 124, 125, 126, 127, 137, 143, 255]) {
    expect((await sandbox.run({ command: `exit ${code}`, timeoutMs: 5_000 })).exitCode).toBe(code);
  }
  for (const [signal, code] of [
    ['KILL', 137],
    ['TERM', 143],
    ['INT', 130],
    ['SEGV', 139],
    ['PIPE', 141],
  ] as const) {
    const result = await sandbox.run({ command: `kill -${signal} $$`, timeoutMs: 5_000 });
    expect(result).toEqual({ exitCode: code, stdout: '', stderr: '', outcome: 'failed' });
  }
});

inEachShell('a deadline ends processes that ignore TERM, left their session and cleared their environment [rows 24, 25]', async (make) => {
  const { sandbox, machine } = await make();
  const nap = naps();
  const before = machine.processes().length;
  const escaping = [
    `trap '' TERM`,
    `sleep ${nap} & setsid sleep ${nap} &`,
    `(setsid sh -c "trap '' TERM; sleep ${nap} & sleep ${nap}" &) &`,
    `(env -i setsid sh -c 'env -i setsid sleep ${nap} & exit' &)`,
    `sh -c 'trap "" TERM; while :; do :; done' & echo started; while :; do :; done`,
  ].join('\n');
  const started = performance.now();
  const error = await lostWith(sandbox.run({ command: escaping, timeoutMs: 1_500 }));
  const tookMs = performance.now() - started;
  expect(error).toMatchObject({ outcome: 'timeout', stdout: 'started\n' });
  expect(tookMs).toBeGreaterThan(1_490);
  expect(tookMs).toBeLessThan(10_000);
  expect(processesNamed(nap)).toEqual([]);
  expect(machine.processes().length).toBeLessThanOrEqual(before + 4);
  expect((await sandbox.run({ command: 'echo usable' })).stdout).toBe('usable\n');
});

inEachShell('a program that obeys TERM ends as timeout without the grace period', async (make) => {
  const { sandbox } = await make({ graceMs: 15_000 });
  const started = performance.now();
  const error = await lostWith(sandbox.run({ command: 'trap "echo bye; exit 0" TERM; while :; do sleep 0.05; done', timeoutMs: 1_500 }));
  expect(error).toMatchObject({ outcome: 'timeout', stdout: 'bye\n' });
  expect(performance.now() - started).toBeLessThan(10_000);
});

inEachShell('an abort ends all processes of the run, and no others [row 58]', async (make) => {
  const { sandbox } = await make();
  const [mine, other] = [naps(), naps()];
  const neighbour = await sandbox.spawn({ command: `(setsid sleep ${other} &); sleep ${other}` });
  const aborting = new AbortController();
  const reason = new Error('enough');
  const run = sandbox.run({ command: `setsid sleep ${mine} & sleep ${mine}`, abortSignal: aborting.signal });
  setTimeout(() => aborting.abort(reason), 300);
  await expect(run).rejects.toBe(reason);
  expect(processesNamed(mine)).toEqual([]);
  expect(processesNamed(other).length).toBeGreaterThanOrEqual(2);
  await neighbour.kill();
  expect(processesNamed(other)).toEqual([]);
});

inEachShell('a background child survives a normal end, which does not wait for it [row 27]', async (make) => {
  const { sandbox } = await make();
  const nap = naps();
  const started = performance.now();
  expect((await sandbox.run({ command: `sleep ${nap} & echo done` })).stdout).toBe('done\n');
  expect(performance.now() - started).toBeLessThan(10_000);
  await delay(300);
  expect(processesNamed(nap)).toHaveLength(1);
  expect((await sandbox.run({ command: 'echo next' })).stdout).toBe('next\n');
  expect(processesNamed(nap)).toHaveLength(1);
});

inEachShell('if the program kills the launcher, the outcome is never ok, and nothing of the run is left', async (make) => {
  const { sandbox } = await make();
  const nap = naps();
  const error = await lostWith(sandbox.run({ command: `echo first; setsid sleep ${nap} & kill -9 $PPID; sleep 0.3; exit 0` }));
  expect(['session-lost', 'transport']).toContain(error.outcome);
  expect(error.stdout).toBe('first\n');
  expect(processesNamed(nap)).toEqual([]);
  expect((await sandbox.run({ command: 'echo usable' })).stdout).toBe('usable\n');
});

inEachShell('a program that kills all processes in reach ends itself, not the sandbox', async (make) => {
  const { sandbox } = await make();
  const error = await lostWith(sandbox.run({ command: 'kill -9 -1; exit 0' }));
  expect(['session-lost', 'transport']).toContain(error.outcome);
  expect((await sandbox.run({ command: 'echo usable' })).stdout).toBe('usable\n');
});

inEachShell('a broken connection is reported as transport within two seconds, and the program is ended [row 42]', async (make) => {
  const { sandbox, machine } = await make();
  const nap = naps();
  const running = await sandbox.spawn({ command: `echo started; sleep ${nap}` });
  const waiting = lostWith(running.wait());
  await delay(200);
  const started = performance.now();
  for (const channel of machine.channels) channel.destroy();
  expect((await waiting).outcome).toMatch(/transport|session-lost/);
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(processesNamed(nap)).toEqual([]);
});

inEachShell('a guard still ends the program in time if the program kills its sleep', async (make) => {
  const { sandbox } = await make();
  const killSleeps = 'for p in /proc/[0-9]*; do read -r c <$p/comm; [ "$c" = sleep ] && kill -9 ${p#/proc/}; done 2>/dev/null';
  const started = performance.now();
  const error = await lostWith(sandbox.run({ command: `${killSleeps}; while :; do :; done`, timeoutMs: 700 }));
  expect(error.outcome).toBe('timeout');
  expect(performance.now() - started).toBeGreaterThan(690);
});

inEachShell('the counters of cgroup v2 also report a kill because of low memory', async (make) => {
  const { sandbox, machine } = await make();
  // Files in the kernel's format, in this machine's own view, because a kernel with cgroup v1 has no files of v2.
  const count = (kills: number): string =>
    `printf 'low 0\\nhigh 0\\nmax 9\\noom 4\\noom_kill %d\\n' ${kills} >/sys/fs/cgroup/memory.events`;
  expect((await sandbox.run({ command: `mount -t tmpfs none /sys/fs/cgroup && ${count(3)}` })).exitCode).toBe(0);
  // A launcher checks for the counters once, at its start.
  for (const channel of machine.channels) channel.destroy();
  const again = (): Promise<boolean> => sandbox.run({ command: 'true' }).then(Boolean, () => false);
  await expect.poll(again, { timeout: 10_000 }).toBe(true);
  expect(await lostWith(sandbox.run({ command: `${count(4)}; kill -KILL $$` }))).toMatchObject({ outcome: 'memory-limit' });
  expect(await sandbox.run({ command: 'kill -KILL $$' })).toMatchObject({ outcome: 'failed', exitCode: 137 });
});
