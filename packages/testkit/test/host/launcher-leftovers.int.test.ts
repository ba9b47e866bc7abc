import { setTimeout as delay } from 'node:timers/promises';
import { ProcessLost } from '@sandpod/core';
import { expect, onTestFinished } from 'vitest';
import { inEachShell, type ShellSandbox } from './each-shell.ts';
import { endAll, processesNamed } from './host-processes.ts';

/** A name for the processes of one test. Whatever has the name when the test ends, also by failing, is killed. */
function mark(): string {
  const name = `leftover-${Math.floor(Math.random() * 1e9)}`;
  onTestFinished(() => endAll(() => processesNamed(name)));
  return name;
}

/** Python code that starts `program` and continues with `body`. Its command line contains the mark. */
const python = (text: string, name: string): readonly [string, ...string[]] => ['python3', '-c', text, name];

const startAndReturn = async ({ sandbox }: ShellSandbox, command: string): Promise<void> => {
  expect(await sandbox.run({ command })).toMatchObject({ exitCode: 0 });
};

inEachShell('endProcesses ends all processes that runs left behind, even if they hide or resist', async (make) => {
  const machine = await make();
  const { sandbox } = machine;
  const name = mark();
  const stubborn = `trap '' TERM HUP INT; while :; do sleep 0.1; done`;
  await startAndReturn(machine, `sh -c "${stubborn}" ${name} >/dev/null 2>&1 &`);
  await startAndReturn(machine, `(env -i setsid sh -c "(setsid sh -c '${stubborn.replaceAll("'", '')}' ${name} &) &" >/dev/null 2>&1 &)`);
  await startAndReturn(machine, `sh -c "while :; do sleep 0.1; done" ${name} >/dev/null 2>&1 & kill -STOP $!`);
  await expect.poll(() => processesNamed(name).length, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
  await sandbox.endProcesses();
  expect(processesNamed(name)).toEqual([]);
  expect((await sandbox.run({ command: 'echo usable' })).stdout).toBe('usable\n');
});

inEachShell('endProcesses ends a process that forks continuously and whose parents end at once', async (make) => {
  const { sandbox } = await make();
  const name = mark();
  const hop = 'import os\nif os.fork(): os._exit(0)\nos.setsid()\nos.environ.clear()\nwhile True:\n  if os.fork(): os._exit(0)\n';
  const bomb = 'import os\nfor _ in range(3): os.fork()\nwhile True:\n  if os.fork() == 0:\n    os.setsid()\n';
  await sandbox.run({ argv: python(hop, name) });
  const limited = `ulimit -u 300; python3 -c "$0" ${name} >/dev/null 2>&1 &`;
  await sandbox.run({ argv: ['sh', '-c', limited, bomb.replace('while True:', 'import time\nfor _ in range(5):\n  time.sleep(0.4)')] });
  await delay(200);
  await expect.poll(() => processesNamed(name).length, { timeout: 10_000 }).toBeGreaterThan(1);
  await sandbox.endProcesses();
  expect(processesNamed(name)).toEqual([]);
});

inEachShell('endProcesses ends a process whose first thread has ended', async (make) => {
  const { sandbox } = await make();
  const name = mark();
  const text = [
    'import ctypes, os, threading, time',
    'if os.fork(): os._exit(0)',
    'threading.Thread(target=lambda: time.sleep(1000)).start()',
    'ctypes.CDLL(None).pthread_exit(None)',
  ].join('\n');
  await sandbox.run({ command: `python3 -c "$CODE" ${name} >/dev/null 2>&1`, env: { CODE: text } });
  const threads = `for s in /proc/[0-9]*/stat; do case $(cat $s 2>/dev/null) in *'(python3) Z'*) ls \${s%stat}task | wc -l ;; esac; done`;
  await expect.poll(async () => (await sandbox.run({ command: threads })).stdout.trim(), { timeout: 10_000 }).toBe('2');
  await sandbox.endProcesses();
  expect((await sandbox.run({ command: threads })).stdout).toBe('');
});

inEachShell('endProcesses ends current runs as session-lost, and replaces launchers', async (make) => {
  const { sandbox, machine } = await make();
  const running = await sandbox.spawn({ command: 'echo begun; sleep 1000' });
  const reader = running.stdout.getReader();
  await reader.read();
  const launcher = (await sandbox.run({ command: 'echo $PPID' })).stdout.trim();
  const opened = machine.channels.length;
  const waiting = running.wait().catch((error: unknown) => error);
  await sandbox.endProcesses();
  const lost = await waiting;
  expect(ProcessLost.isInstance(lost) && lost.outcome).toBe('session-lost');
  expect((await sandbox.run({ command: `test -e /proc/${launcher} || echo gone` })).stdout).toBe('gone\n');
  expect(machine.channels.length).toBeGreaterThanOrEqual(opened + 3);
});

inEachShell('endProcesses does not end the machine’s own processes', async (make) => {
  const { sandbox } = await make();
  const own = 'for s in /proc/[0-9]*/stat; do read -r l <$s && set -- ${l##*) } && [ "$4" = 1 ] && echo "${l%% *}"; done';
  const before = (await sandbox.run({ command: own })).stdout.trim().split('\n');
  expect(before.length).toBeGreaterThanOrEqual(2);
  await sandbox.endProcesses();
  expect((await sandbox.run({ command: own })).stdout.trim().split('\n')).toEqual(before);
});

inEachShell('programs that start during endProcesses run afterwards', async (make) => {
  const { sandbox } = await make();
  const ending = sandbox.endProcesses();
  const results = await Promise.all([1, 2, 3].map((index) => sandbox.run({ command: `echo ${index}` })));
  await ending;
  expect(results.map(({ stdout }) => stdout)).toEqual(['1\n', '2\n', '3\n']);
});

inEachShell('on a shared machine, endProcesses ends only marked processes, and reports that others may be left', async (make) => {
  const { sandbox } = await make({ hasOwnProcesses: false });
  const [marked, unmarked] = [mark(), mark()];
  const wait = 'while :; do sleep 0.1; done';
  await sandbox.run({
    command: `sh -c "${wait}" ${marked} >/dev/null 2>&1 & env -u SANDPOD_RUN setsid sh -c "${wait}" ${unmarked} >/dev/null 2>&1 &`,
  });
  await expect.poll(() => processesNamed(unmarked).length, { timeout: 10_000 }).toBe(1);
  await expect(sandbox.endProcesses()).rejects.toMatchObject({ code: 'transport' });
  expect(processesNamed(marked)).toEqual([]);
  expect(processesNamed(unmarked)).toHaveLength(1);
  expect(await sandbox.lost).toContain('may have survived');
});

inEachShell('detach ends foreground processes, keeps background processes, and releases the machine', async (make) => {
  const { sandbox, machine } = await make();
  const [kept, ended] = [mark(), mark()];
  const wait = 'while :; do sleep 0.1; done';
  await sandbox.run({ command: `setsid sh -c "${wait}" ${kept} >/dev/null 2>&1 &` });
  const running = await sandbox.spawn({ argv: ['sh', '-c', wait, ended] });
  const waiting = running.wait().catch((error: unknown) => error);
  await sandbox.detach({ leftovers: 'keep' });
  expect(await waiting).toMatchObject({ outcome: 'session-lost' });
  expect(processesNamed(ended)).toEqual([]);
  expect(processesNamed(kept)).toHaveLength(1);
  expect(machine.endReason).toBeUndefined();
  await machine.destroy();
});
