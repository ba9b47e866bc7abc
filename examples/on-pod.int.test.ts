import { testExamples } from './run-example.ts';

const { SANDPOD_TEST_KUBECONFIG, TESTBED = '/var/lib/testbed' } = process.env;

testExamples(['pod'], { KUBECONFIG: SANDPOD_TEST_KUBECONFIG ?? `${TESTBED}/kubeconfig` });
