import type { ListOptions, SandboxInfo, SandboxProvider } from '@sandpod/core';

/** Returns the sandboxes from `list()`, without sandboxes that have ended. */
export async function livingSandboxes(provider: SandboxProvider, options: ListOptions = {}): Promise<SandboxInfo[]> {
  const living: SandboxInfo[] = [];
  for await (const info of provider.list(options)) if (info.state !== 'ended') living.push(info);
  return living;
}

/** Returns the information from `list()` about a sandbox, or undefined if the sandbox is not listed or has ended. */
export async function listedSandbox(provider: SandboxProvider, id: string): Promise<SandboxInfo | undefined> {
  return (await livingSandboxes(provider)).find((info) => info.id === id);
}
