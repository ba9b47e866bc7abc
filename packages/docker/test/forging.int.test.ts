import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { DockerCommandLineCodeExecutor } from '../src/index.ts';
import { SLIM, TestContainers } from './fixtures/test-docker.ts';

const containers = new TestContainers('forging');

afterEach(async () => expect(await containers.leftAfter(5_000)).toEqual([]));

/** Leaves a process behind that opens the descriptors of every process which is not its own, and writes what it could open. */
const THIEF = `
import os, time
if os.fork(): os._exit(0)
os.setsid()
if os.fork(): os._exit(0)
null = os.open('/dev/null', os.O_RDWR)
for fd in (0, 1, 2): os.dup2(null, fd)
log = open('/workspace/log', 'ab', 0)
log.write(b'begun\\n')
seen = set()
end = time.time() + 20
while time.time() < end:
    for pid in os.listdir('/proc'):
        if not pid.isdigit() or int(pid) == os.getpid(): continue
        for name in ('fd/0', 'fd/1', 'fd/3', 'fd/4', 'mem', 'environ'):
            try:
                command = open(f'/proc/{pid}/cmdline', 'rb').read().replace(b'\\0', b' ')[:60]
                # Other files of a program have these numbers too.
                if name in ('fd/3', 'fd/4') and not os.readlink(f'/proc/{pid}/{name}').startswith('pipe:'): continue
                os.close(os.open(f'/proc/{pid}/{name}', os.O_RDONLY | os.O_NONBLOCK))
                # A process may have become another program in between, which may be opened.
                if open(f'/proc/{pid}/cmdline', 'rb').read().replace(b'\\0', b' ')[:60] != command: continue
            except OSError: continue
            if (command, name) in seen: continue
            seen.add((command, name))
            log.write(name.encode() + b' of ' + command.replace(b'\\n', b' ') + b'\\n')
`;

it('a background process cannot open the memory or descriptors of a launcher, nor of what serves files', async () => {
  const executor = new DockerCommandLineCodeExecutor({ image: SLIM, labels: containers.labels, timeoutMs: 20_000 });
  try {
    expect(await executor.runCode(THIEF)).toMatchObject({ outcome: 'ok' });
    await expect.poll(() => executor.files.readTextFile({ path: 'log' })).toContain('begun');
    for (let count = 0; count < 3; count += 1) {
      expect(await executor.runCode('import time; time.sleep(0.3); print("own")')).toMatchObject({ outcome: 'ok', stdout: 'own\n' });
      await executor.files.writeTextFile({ path: 'big', content: 'x'.repeat(100_000) });
      await executor.files.readTextFile({ path: 'big' });
      await executor.files.listDirectory({ path: '.' });
      await delay(100);
    }
    const stolen = (await executor.files.readTextFile({ path: 'log' }))?.split('\n') ?? [];
    // The programs of later calls run as the same user: the test would notice if the thief could open nothing at all.
    expect(stolen.filter((line) => / of \S*python/.test(line))).not.toEqual([]);
    const protectedOnes = stolen.filter((line) => /\/\.sandpod\/bin|IFS=|sp_|\bdd /.test(line));
    expect(protectedOnes).toEqual([]);
    const channels = stolen.filter((line) => /^fd\/[34] of (stat|rm|mv|mkdir|readlink|sleep) /.test(line));
    expect(channels).toEqual([]);
  } finally {
    await executor.stop();
  }
});

it.each(['1000', '65534'])('the copies of the shell can be executed by user %s, and not read or changed', async (user) => {
  await using sandbox = await containers.provider({ user }).create();
  const { stdout } = await sandbox.run({
    command:
      '/.sandpod/bin/sh -c "echo runs"; cat /.sandpod/bin/* >/dev/null && echo read; echo x >/.sandpod/bin/sh && echo written; ls /.sandpod/bin && echo listed; true',
  });
  expect(stdout).toBe('runs\n');
});
