import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { runCli } from './cli-process.ts';
import { TemporaryDirectory } from './temporary-directory.ts';

test('--version prints the version of the package', async () => {
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
  expect(await runCli(['--version'])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
});

test.each([['--help'], ['help'], ['run', '--help'], ['help', 'run'], ['backends', '--help'], ['list', '--help'], ['extend', '--help']])(
  '%s %s shows usage and examples',
  async (...argv) => {
    const end = await runCli(argv);
    expect(end).toMatchObject({ exitCode: 0, stderr: '' });
    expect(end.stdout).toContain('Usage: sandpod');
    expect(end.stdout).toMatch(/Examples\n {2}sandpod /);
    expect(end.stdout.split('\n').filter((line) => line.length > 120)).toEqual([]);
  },
);

test('backends lists the names, for people and for programs', async () => {
  expect((await runCli(['backends'])).stdout).toMatch(/^embedded +\S/m);
  expect(JSON.parse((await runCli(['backends', '--json'])).stdout)).toContainEqual(
    expect.objectContaining({ name: 'embedded', package: '@sandpod/embedded' }),
  );
});

test.each([
  [[], 'Expected a command'],
  [['walk'], 'Expected one of the commands run, backends, doctor, list, extend, sweep, rbac, mcp, got "walk"'],
  [['run'], 'Expected a file'],
  [['run', 'missing.md'], 'missing.md cannot be read: the file does not exist'],
  [['run', '.'], 'is not a regular file'],
  [['run', '--bogus', 'x.py'], "Unknown option '--bogus'."],
  [['run', '--timout', '5', 'x.py'], "Unknown option '--timout'. Did you mean --timeout?"],
  [['doctor', '--om', 'docker'], "Unknown option '--om'. Did you mean --on?"],
  [['run', '--timeout', '0', 'x.py'], '--timeout expects a time above zero'],
  [['run', '--timeout', '-1', 'x.py'], '--timeout'],
  [['run', '--on', 'nowhere', 'x.py'], 'got "nowhere"'],
  [['run', '--on', '__proto__', 'x.py'], 'got "__proto__"'],
  [['run', '--image', 'python:3', 'x.py'], 'The back end "embedded" does not support --image.'],
  [['run', '--namespace', 'n', 'x.py'], 'The back end "embedded" does not support --namespace.'],
  [['run', '--env', 'A-B=1', 'x.py'], '--env expects KEY=VALUE'],
  [['run', '--memory', 'much', 'x.py'], '--memory expects a size above zero, such as 512m or 2g; got "much".'],
  [['run', '--cpus', '-1', 'x.py'], "Option '--cpus' argument is ambiguous"],
  [['run', '--cpus', 'two', 'x.py'], '--cpus expects a number above zero; got "two".'],
  [['run', '--cpus', '2', 'x.py'], 'The back end "embedded" does not support --cpus.'],
  [['run', '--network', 'open', 'x.py'], 'The back end "embedded" does not support --network.'],
  [['run', '-c', 'print(1)', 'x.py'], 'Expected either -c or a file; got both.'],
  [['run', '--workdir', '/etc', '-c', '1'], 'cwd'],
  [['sweep', '--dry-run'], 'The back end "embedded" cannot keep sandboxes'],
  [['list'], 'The back end "embedded" cannot keep sandboxes'],
  [['list', '--on', 'docker', '--label', 'team'], '--label expects KEY=VALUE; got "team".'],
  [['extend', '--for', '30m'], 'Expected the id or the name of a sandbox; got none.'],
  [['extend', 'x'], 'Expected --for with a time or with never; got no --for.'],
  [['extend', 'x', '--for', 'soon'], '--for expects a time above zero'],
  [['extend', 'x', '--for', '30m'], 'The back end "embedded" cannot keep sandboxes'],
  [['extend', 'x', 'y', '--for', '30m'], 'Expected one sandbox, got x y.'],
  [['backends', 'more'], 'Expected no arguments'],
])('%j exits with 2 and says what was expected', async (argv, message) => {
  const end = await runCli(argv);
  expect(end).toMatchObject({ exitCode: 2, stdout: '' });
  expect(end.stderr).toContain(message);
  expect(end.stderr).not.toMatch(/\n {4}at /);
});

test.each([
  [['sweep', '--on', 'docker', '--older-than', '0'], 'See: sandpod sweep --help'],
  [['doctor', '--bogus'], 'See: sandpod doctor --help'],
  [['rbac', 'docker'], 'See: sandpod rbac --help'],
  [['run', '--timeout', '0', 'x.py'], 'See: sandpod run --help'],
  [['walk'], 'See: sandpod --help'],
  [['rnu', 'x.py'], 'Did you mean: sandpod run'],
  [['docter'], 'Did you mean: sandpod doctor'],
  [['run', '--timout', '5', 'x.py'], 'See: sandpod run --help'],
  [['run', '--bogus', 'x.py'], 'See: sandpod run --help'],
  [['list', '--on', 'dokcer'], 'Did you mean "docker"?'],
  [['run', '-c', ''], 'For example: sandpod run -c "print(1)"'],
  [['run', 'x.py', 'y.py'], 'Put arguments for the program after --: sandpod run x.py -- y.py'],
])('%j points to the help of that command', async (argv, advice) => {
  expect((await runCli(argv)).stderr.trimEnd().split('\n').at(-1)).toBe(advice);
});

test('rbac grants the permissions to an existing service account, also of another namespace', async () => {
  const own = await runCli(['rbac', 'pod', '--namespace', 'agents']);
  expect(own).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringMatching(/kind: ServiceAccount\n/) });
  const existing = await runCli(['rbac', 'pod', '--namespace', 'agents', '--service-account', 'apps:backend']);
  expect(existing).toMatchObject({ exitCode: 0, stderr: '' });
  expect(existing.stdout).not.toMatch(/^kind: ServiceAccount$/m);
  expect(existing.stdout).toContain('- { kind: ServiceAccount, name: "backend", namespace: "apps" }');
  const wrong = await runCli(['rbac', 'pod', '--service-account', 'a:b:c']);
  expect(wrong).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('a:b:c') });
});

test('SANDPOD_ON selects the back end', async () => {
  const end = await runCli(['run', 'examples/answers/failing.md'], { env: { SANDPOD_ON: 'nowhere' } });
  expect(end).toMatchObject({ exitCode: 2 });
  expect(end.stderr).toContain('"nowhere"');
});

test('source that is not UTF-8, or has no known language, is rejected', async () => {
  await using directory = await TemporaryDirectory.with({ 'latin.py': new Uint8Array([0x23, 0xe9]), script: 'x', 'x.xyz': 'x' });
  const run = async (name: string): Promise<string> => {
    const { exitCode, stderr } = await runCli(['run', name], { cwd: directory.path });
    expect(exitCode).toBe(2);
    return stderr;
  };
  expect(await run('latin.py')).toContain('latin.py is not UTF-8 text');
  expect(await run('script')).toContain('no file extension that identifies its language');
  expect(await run('x.xyz')).toContain('got "xyz"');
});
