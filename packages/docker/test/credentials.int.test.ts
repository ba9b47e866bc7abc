import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startPrivateRegistry } from './fixtures/private-registry.ts';
import { TestContainers } from './fixtures/test-docker.ts';

const containers = new TestContainers('credentials');
let directory = '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'docker-credentials-'));
  vi.stubEnv('DOCKER_CONFIG', directory);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
  expect(await containers.leftAfter(5_000)).toEqual([]);
});

async function configure(config: object): Promise<void> {
  await writeFile(join(directory, 'config.json'), JSON.stringify(config));
}

/** A credential helper that answers for one registry and records its requests. */
async function installHelper(
  name: string,
  answers: Readonly<Record<string, { readonly Username: string; readonly Secret: string }>>,
): Promise<void> {
  const file = join(directory, `docker-credential-${name}`);
  const source = `#!${process.execPath}
const answers = ${JSON.stringify(answers)};
let registry = '';
process.stdin.on('data', (data) => { registry += data; }).on('end', () => {
  const answer = process.argv[2] === 'get' && answers[registry];
  console.log(answer ? JSON.stringify({ ServerURL: registry, ...answer }) : 'credentials not found in native keychain');
  process.exitCode = answer ? 0 : 1;
});`;
  await writeFile(file, source);
  await chmod(file, 0o755);
  vi.stubEnv('PATH', `${directory}${delimiter}${process.env['PATH']}`);
}

async function runIn(image: string): Promise<string> {
  await using sandbox = await containers.provider({ image }).create();
  return (await sandbox.run({ command: 'echo pulled' })).stdout;
}

describe.each(['basic', 'token'] as const)('a private registry that asks for %s authentication', (mode) => {
  it('gets the credentials that docker login saved', async () => {
    await using registry = await startPrivateRegistry(mode);
    const { username, password } = registry.login;
    const auth = Buffer.from(`${username}:${password}`).toString('base64');
    await configure({ auths: { 'https://elsewhere.test/': { auth: 'bm86bm8=' }, [`http://${registry.host}/v2/`]: { auth } } });
    expect(await runIn(registry.image)).toBe('pulled\n');
    expect(registry.admitted).toBeGreaterThan(0);
  });

  it('gets the credentials from its own helper, not from the default helper', async () => {
    await using registry = await startPrivateRegistry(mode);
    const { username, password } = registry.login;
    await installHelper('mine', { [registry.host]: { Username: username, Secret: password } });
    await configure({ credsStore: 'missing', credHelpers: { [registry.host]: 'mine' }, auths: { [registry.host]: {} } });
    expect(await runIn(registry.image)).toBe('pulled\n');
  });

  it('refuses missing or wrong credentials, and the error says how to log in', async () => {
    await using registry = await startPrivateRegistry(mode);
    const refused = { code: 'start-failed', isRetryable: false, advice: expect.stringContaining(`docker login ${registry.host}`) };
    await expect(runIn(registry.image)).rejects.toMatchObject({ ...refused, message: expect.stringContaining('No credentials were sent') });
    const auth = Buffer.from('ada:wrong-secret').toString('base64');
    await configure({ auths: { [registry.host]: { auth } } });
    const error = await runIn(registry.image).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ ...refused, message: expect.stringContaining('were sent') });
    expect(JSON.stringify(error) + String((error as Error).cause)).not.toContain('wrong-secret');
    expect(registry.admitted).toBe(0);
  });
});

describe('a credential helper', () => {
  it('may return a token instead of a password', async () => {
    await using registry = await startPrivateRegistry('token');
    await installHelper('tokens', { [registry.host]: { Username: '<token>', Secret: registry.login.identitytoken } });
    await configure({ credsStore: 'tokens' });
    expect(await runIn(registry.image)).toBe('pulled\n');
  });

  it('that never answers is ended when the start is aborted', async () => {
    const file = join(directory, 'docker-credential-slow');
    await writeFile(file, `#!/bin/sh\necho $$ > ${directory}/pid\nexec sleep 60\n`);
    await chmod(file, 0o755);
    vi.stubEnv('PATH', `${directory}${delimiter}${process.env['PATH']}`);
    await configure({ credsStore: 'slow' });
    const abort = new AbortController();
    const creating = containers.provider({ image: '127.0.0.1:9/nobody/nothing:1' }).create({ abortSignal: abort.signal });
    creating.catch(() => {});
    const readPid = (): Promise<number> => readFile(join(directory, 'pid'), 'utf8').then(Number, () => 0);
    await expect.poll(readPid, { timeout: 10_000 }).toBeGreaterThan(0);
    const pid = await readPid();
    abort.abort(new Error('enough'));
    await expect(creating).rejects.toThrow('enough');
    await expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 10_000 }).toBe(false);
  });

  it('that is not installed appears in the error if the registry refuses', async () => {
    await using registry = await startPrivateRegistry('basic');
    await configure({ credsStore: 'not-here' });
    await expect(runIn(registry.image)).rejects.toMatchObject({
      code: 'start-failed',
      message: expect.stringContaining('docker-credential-not-here is not installed'),
    });
  });
});
