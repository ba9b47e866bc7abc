import { testBackend } from './fixtures/test-backend.ts';

const { SANDPOD_TEST_KUBECONFIG, TESTBED = '/var/lib/testbed' } = process.env;
const env = { KUBECONFIG: SANDPOD_TEST_KUBECONFIG ?? `${TESTBED}/kubeconfig` };

testBackend({ name: 'pod', image: 'testbed/polyglot:1', env, doctor: /ok +cluster: Kubernetes v\d+/ });
