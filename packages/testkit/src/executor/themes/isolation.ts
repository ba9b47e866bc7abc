import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { CanaryListener } from '../../tools/canary-listener.ts';
import type { ExecutorTheme } from '../executor-test.ts';

/** Tests the isolation of guest code from other executors, this process and the network. */
export const isolationTheme: ExecutorTheme = {
  name: 'isolation',
  tests: [
    {
      name: "two executors do not see each other's files",
      needs: ['files'],
      body: async (context) => {
        const [first, second] = await Promise.all([context.fresh(), context.fresh()]);
        const path = `secret-${randomUUID()}`;
        context.expectOk(await context.run(context.guest.saveFile({ path, text: 'secret' }), { executor: first }));
        assert.equal(context.expectOk(await context.run(context.guest.showFile({ path }), { executor: second })), 'missing\n');
      },
    },
    {
      name: "variables of this process are not in the guest's environment",
      body: async (context) => {
        const secret = `secret-${randomUUID()}`;
        process.env['SANDPOD_TEST_CANARY'] = secret;
        context.cleanUp.defer(() => delete process.env['SANDPOD_TEST_CANARY']);
        const executor = await context.fresh();
        const result = await context.run(context.guest.printEnvironment(), { executor });
        context.expectOk(result);
        assert.ok(!result.output.includes(secret), 'expected the canary to be absent');
      },
    },
    {
      name: "no connection leaves the executor's sandbox, not even to this machine [row 8]",
      budgetMs: 60_000,
      body: async (context) => {
        const { network } = (await context.shared()).capabilities;
        await using listener = await CanaryListener.open();
        for (const host of listener.addresses()) {
          assert.equal(
            context.expectOk(await context.run(context.guest.connect({ host, port: listener.port }))),
            network === 'open' ? 'connected\n' : 'refused\n',
          );
        }
        if (network !== 'open') assert.equal(listener.connections, 0);
      },
    },
  ],
};
