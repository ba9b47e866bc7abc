import { testMcpBackend } from './mcp-backend-suite.ts';

const { SANDPOD_TEST_KUBECONFIG, TESTBED = '/var/lib/testbed' } = process.env;

testMcpBackend({ name: 'pod', env: { KUBECONFIG: SANDPOD_TEST_KUBECONFIG ?? `${TESTBED}/kubeconfig` } });
