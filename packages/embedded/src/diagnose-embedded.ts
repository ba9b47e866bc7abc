import type { Finding } from '@sandpod/core';
import { ENGINE_PACKAGES, installedPackages } from './host/parent/installed-packages.ts';

/** Before this version the permission model of Node does not cover the network. */
const NETWORK_DENYING_NODE = 26;

/** Looks whether the interpreters are installed and what Node itself adds to their isolation. */
export async function* diagnoseEmbedded(): AsyncGenerator<Finding, void, void> {
  const packages = installedPackages();
  for (const engine of ENGINE_PACKAGES) {
    const found = packages.find(({ name }) => name === engine);
    yield found === undefined
      ? {
          subject: 'interpreter',
          state: 'error',
          message: `The package ${engine} is not installed.`,
          advice: 'Install @sandpod/embedded anew.',
        }
      : { subject: 'interpreter', state: 'ok', message: `${engine} ${found.version}.` };
  }
  const { node } = process.versions;
  yield Number.parseInt(node, 10) >= NETWORK_DENYING_NODE
    ? { subject: 'node', state: 'ok', message: `Node ${node} denies files and network to the child process.` }
    : {
        subject: 'node',
        state: 'warning',
        message: `Node ${node} denies files, but not the network, to the child process; guests reach neither in any case.`,
        advice: `Node ${NETWORK_DENYING_NODE} or newer adds the second line of defence.`,
      };
}
