/** What one package or app may import. The five floors of `docs/architecture.md`, as a table. */
export interface PackageRule {
  /** Our packages that its sources may import, by folder name. */
  readonly imports: readonly string[];
  /** Our packages that only its tests may import. */
  readonly testImports?: readonly string[];
  /** Where, below `src`, the clients and engines of others may be imported. `zod` may be imported anywhere. */
  readonly vendors: readonly string[];
  /** Printed with the totals of a test run while the folder does not exist. */
  readonly summary: string;
}

/** Every package and app by folder name, the planned ones included. A folder that is not listed here is refused. */
export const PACKAGE_RULES: Readonly<Record<string, PackageRule>> = {
  core: { imports: [], vendors: ['languages/prepare-javascript.ts'], summary: 'contracts and what is the same on every back end' },
  testkit: { imports: ['core'], testImports: ['launcher'], vendors: ['vitest.ts'], summary: 'conformance suites' },
  launcher: { imports: ['core'], vendors: [], summary: 'sandboxes through a waiting shell, for any platform with an exec' },
  embedded: { imports: ['core'], vendors: ['python/', 'javascript/', 'shell/'], summary: 'WebAssembly interpreters in a child process' },
  docker: { imports: ['core', 'launcher'], vendors: ['client/'], summary: 'Docker containers' },
  kubernetes: { imports: ['core', 'launcher'], vendors: ['client/'], summary: 'Kubernetes pods and Jobs' },
  jupyter: { imports: ['core'], vendors: ['client/'], summary: 'Jupyter servers and kernel gateways' },
  sandpod: { imports: ['core', 'embedded', 'docker', 'kubernetes', 'jupyter'], vendors: [], summary: 'the registry' },
  agents: {
    imports: ['core', 'sandpod'],
    vendors: ['ai-sdk/', 'langchain/', 'deepagents/', 'mcp/', 'chat/', 'adk/'],
    summary: 'tools for agent frameworks',
  },
  cli: { imports: ['core', 'sandpod', 'agents'], vendors: [], summary: 'the sandpod command' },
  demo: { imports: ['core', 'sandpod', 'agents'], vendors: [''], summary: 'the agent chat; an app may use what it likes' },
};
