import assert from 'node:assert/strict';
import type { SandboxTheme } from '../sandbox-test.ts';

/** Tests the disposal of a provider, which does not own its sandboxes. */
export const providerDisposalTheme: SandboxTheme = {
  name: 'provider disposal',
  tests: [
    {
      name: 'disposal of a provider is idempotent, even in parallel and before its first use',
      body: async (context) => {
        const provider = await context.otherProvider();
        await Promise.all([provider[Symbol.asyncDispose](), provider[Symbol.asyncDispose]()]);
        await provider[Symbol.asyncDispose]();
      },
    },
    {
      name: 'disposal of a provider keeps its sandboxes',
      body: async (context) => {
        const provider = await context.otherProvider();
        const sandbox = await provider.create();
        context.cleanUp.defer(() => sandbox[Symbol.asyncDispose]());
        await sandbox.writeTextFile({ path: 'file', content: 'kept' });
        const { attach } = provider.capabilities;
        await provider[Symbol.asyncDispose]();
        const found = attach ? await (await context.provider()).attach({ id: sandbox.id }) : sandbox;
        context.cleanUp.defer(() => found[Symbol.asyncDispose]());
        assert.equal(await found.readTextFile({ path: 'file' }), 'kept');
        assert.equal((await context.run(context.guest.print({ stdout: 'works' }), { sandbox: found })).stdout, 'works');
      },
    },
  ],
};
