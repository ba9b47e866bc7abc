import { existsSync } from 'node:fs';
import type { PodSandboxProviderOptions } from '../src/index.ts';

const { SANDPOD_TEST_KUBECONFIG, TESTBED = '/var/lib/testbed' } = process.env;

/** The cluster that tests may use: `SANDPOD_TEST_KUBECONFIG`, else the testbed when it is up. */
export const testKubeConfigFile: string | undefined = [SANDPOD_TEST_KUBECONFIG, `${TESTBED}/kubeconfig`].find(
  (file) => file && existsSync(file),
);

const testImage = 'testbed/polyglot:1';

export function testOptions(): PodSandboxProviderOptions {
  return { image: testImage, kubeConfigFile: testKubeConfigFile };
}
