import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CanaryListener } from '../../tools/canary-listener.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

const CREDENTIALS = [
  '/var/run/secrets/kubernetes.io/serviceaccount/token',
  '/run/secrets/kubernetes.io/serviceaccount/token',
  '/root/.kube/config',
  '/root/.aws/credentials',
  '/root/.docker/config.json',
  '/root/.ssh/id_rsa',
];

/** Directories that a guest may be able to write to. */
const WRITABLE = ['.', '/tmp', '/var/tmp', '/dev/shm', '/run', '/home'];

/** Tests that a guest cannot see other sandboxes, the host, the network or credentials. */
export const isolationTheme: SandboxTheme = {
  name: 'isolation',
  tests: [
    {
      name: "two sandboxes do not see each other's files",
      body: async (context) => {
        const [first, second] = await Promise.all([context.fresh(), context.fresh()]);
        const secret = `secret-${randomUUID()}`;
        await first.writeTextFile({ path: 'secret', content: secret });
        await first.writeTextFile({ path: `${first.workspace}/also`, content: secret });
        for (const path of ['secret', 'also', `${first.workspace}/secret`]) {
          assert.equal((await context.run(context.guest.showFile({ path }), { sandbox: second })).stdout, 'missing\n');
        }
        assert.equal(await second.stat({ path: 'secret' }), null);
        assert.equal(await first.readTextFile({ path: 'secret' }), secret);
      },
    },
    {
      name: "two sandboxes do not see each other's processes",
      needs: ['real-kernel'],
      body: async (context) => {
        const [first, second] = await Promise.all([context.fresh(), context.fresh()]);
        const marker = `marker-${randomUUID()}`;
        const process = await first.spawn({ argv: ['sh', '-c', 'sleep 30; :', marker] });
        context.cleanUp.defer(() => process.kill());
        const { stdout } = await second.run({ command: 'cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\000" "\\n"' });
        assert.ok(!stdout.includes(marker), 'expected the other sandbox to be invisible');
      },
    },
    {
      name: 'the next sandbox does not find the files of an earlier sandbox [row 33]',
      body: async (context) => {
        const name = `left-over-${randomUUID()}`;
        const paths = WRITABLE.map((directory) => `${directory}/${name}`);
        {
          await using first = await (await context.provider()).create();
          for (const path of paths) await context.run(context.guest.saveFile({ path, text: 'left' }), { sandbox: first });
        }
        const second = await context.fresh();
        context.cleanUp.defer(() => Promise.allSettled(paths.map((path) => second.deleteFile({ path }))));
        for (const path of paths)
          assert.equal((await context.run(context.guest.showFile({ path }), { sandbox: second })).stdout, 'missing\n', path);
      },
    },
    {
      name: "variables of this process are not in the guest's environment",
      body: async (context) => {
        const secret = `secret-${randomUUID()}`;
        process.env['SANDPOD_TEST_CANARY'] = secret;
        context.cleanUp.defer(() => delete process.env['SANDPOD_TEST_CANARY']);
        const sandbox = await context.fresh();
        const outputs = [
          await context.run(context.guest.printEnvironment(), { sandbox }),
          await sandbox.run({ command: 'env; set; cat /proc/*/environ 2>/dev/null' }),
        ];
        for (const { stdout, stderr } of outputs) assert.ok(!`${stdout}${stderr}`.includes(secret), 'expected the canary to be absent');
      },
    },
    {
      name: 'files of this machine cannot be read',
      body: async (context) => {
        const secret = `secret-${randomUUID()}`;
        const directory = await mkdtemp(join(tmpdir(), 'sandpod-canary-'));
        context.cleanUp.defer(() => rm(directory, { recursive: true }));
        const path = join(directory, 'canary');
        await writeFile(path, secret);
        const sandbox = await context.shared();
        assert.equal((await context.run(context.guest.showFile({ path }), { sandbox })).stdout, 'missing\n');
        const shell = await sandbox.run({ argv: ['sh', '-c', 'cat "$1"; ls -la "$2"', 'sh', path, directory] });
        assert.ok(!`${shell.stdout}${shell.stderr}`.includes(secret), 'expected the canary to be absent');
        assert.equal((await context.run(context.guest.showFile({ path: import.meta.filename }), { sandbox })).stdout, 'missing\n');
      },
    },
    {
      name: 'the file API of the sandbox does not reach files of this machine',
      body: async (context) => {
        const directory = await mkdtemp(join(tmpdir(), 'sandpod-canary-'));
        context.cleanUp.defer(() => rm(directory, { recursive: true }));
        const path = join(directory, 'canary');
        await writeFile(path, 'secret');
        const sandbox = await context.shared();
        assert.equal(await sandbox.readTextFile({ path }).catch(() => null), null);
        assert.equal(await sandbox.listDirectory({ path: directory }).catch(() => null), null);
      },
    },
    {
      name: 'no connection leaves the sandbox, not even to this machine [row 8]',
      budgetMs: 60_000,
      body: async (context) => {
        await using listener = await CanaryListener.open();
        for (const host of [...listener.addresses(), 'localhost']) {
          const { stdout } = await context.run(context.guest.connect({ host, port: listener.port }));
          assert.equal(stdout, 'refused\n', `${host}:${listener.port}`);
        }
        assert.equal(listener.connections, 0);
      },
    },
    {
      name: 'no connection leaves through shell tools [row 8]',
      budgetMs: 60_000,
      body: async (context) => {
        await using listener = await CanaryListener.open();
        const sandbox = await context.shared();
        for (const host of listener.addresses()) {
          const address = `${host}:${listener.port}`;
          const tools = [
            `curl -s -m 2 http://${address}/`,
            `wget -q -T 2 -O - http://${address}/`,
            `exec 3<>/dev/tcp/${host}/${listener.port}`,
          ];
          for (const command of tools) {
            const { stdout } = await sandbox.run({ command: `(${command}) 2>&1; exit 0` });
            assert.ok(!stdout.includes('canary'), `${command}: ${stdout}`);
          }
        }
        assert.equal(listener.connections, 0);
      },
    },
    {
      name: 'names are not resolved, so nothing leaks through them [row 8]',
      body: async (context) => {
        const { stdout } = await context.run(context.guest.resolveName({ host: 'example.com' }));
        assert.equal(stdout, 'refused\n');
      },
    },
    {
      name: 'there are no credentials inside [row 5]',
      body: async (context) => {
        for (const path of CREDENTIALS) assert.equal((await context.run(context.guest.showFile({ path }))).stdout, 'missing\n', path);
      },
    },
    {
      name: 'the guest has no capabilities, no new privileges, a seccomp filter and no root [row 1]',
      needs: ['real-kernel'],
      body: async (context) => {
        const sandbox = await context.shared();
        const { stdout } = await sandbox.run({ command: 'cat /proc/self/status; echo "uid $(id -u)"' });
        assert.match(stdout, /^CapEff:\s*0+$/m);
        assert.match(stdout, /^NoNewPrivs:\s*1$/m);
        assert.match(stdout, /^Seccomp:\s*2$/m);
        assert.match(stdout, /^uid [1-9]\d*$/m);
      },
    },
    {
      name: 'the root file system is read-only [row 2]',
      needs: ['real-kernel'],
      body: async (context) => {
        const sandbox = await context.shared();
        for (const directory of ['/', '/usr', '/etc', '/bin']) {
          const { exitCode } = await sandbox.run({ command: `echo x >${directory}/sandpod-write-test` });
          if (exitCode === 0) await sandbox.run({ command: `rm ${directory}/sandpod-write-test` });
          assert.notEqual(exitCode, 0, directory);
        }
      },
    },
  ],
};
