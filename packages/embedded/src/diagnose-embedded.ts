import type { Finding } from '@sandpod/core';
import { ENGINE_PACKAGES, installedPackages } from './host/parent/installed-packages.ts';

/** The first Node version whose permission model covers the network. */
const NETWORK_DENYING_NODE = 26;

/** Checks whether the interpreters are installed, and reports the additional isolation that the running Node version provides. */
export async function* diagnoseEmbedded(): AsyncGenerator<Finding, void, void> {
  const packages = installedPackages();
  for (const engine of ENGINE_PACKAGES) {
    const found = packages.find(({ name }) => name === engine);
    yield found === undefined
      ? {
          subject: 'interpreter',
          state: 'error',
          message: `The package ${engine} is not installed.`,
          advice: 'Reinstall @sandpod/embedded.',
        }
      : { subject: 'interpreter', state: 'ok', message: `${engine} ${found.version}.` };
  }
  const { node } = process.versions;
  yield Number.parseInt(node, 10) >= NETWORK_DENYING_NODE
    ? { subject: 'node', state: 'ok', message: `Node ${node} blocks file and network access in the child process.` }
    : {
        subject: 'node',
        state: 'warning',
        message: `Node ${node} blocks file access in the child process, but not network access. Guest code can reach neither on any Node version.`,
        advice: `Use Node ${NETWORK_DENYING_NODE} or newer for this second line of defense.`,
      };
}
