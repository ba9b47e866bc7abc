import { registerSceneTests } from './helpers/register-scene-tests.ts';

const { SANDPOD_TEST_KUBECONFIG, TESTBED = '/var/lib/testbed' } = process.env;

registerSceneTests('pod', {
  flags: ['--image', 'testbed/polyglot:1'],
  environment: { KUBECONFIG: SANDPOD_TEST_KUBECONFIG ?? `${TESTBED}/kubeconfig` },
});
