import { registerFileTests } from './helpers/register-file-tests.ts';

const { SANDPOD_TEST_KUBECONFIG, TESTBED = '/var/lib/testbed' } = process.env;

registerFileTests('pod', {
  flags: ['--image', 'testbed/polyglot:1'],
  environment: { KUBECONFIG: SANDPOD_TEST_KUBECONFIG ?? `${TESTBED}/kubeconfig` },
});
