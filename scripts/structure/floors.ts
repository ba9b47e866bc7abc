/** The imports that are permitted in a package or app, according to the five floors in `docs/architecture.md`. */
export interface PackageRule {
  /** The workspace packages that its sources may import, by folder name. */
  readonly imports: readonly string[];
  /** The workspace packages that only its tests may import. */
  readonly testImports?: readonly string[];
  /** Paths below `src` at which third-party clients and engines may be imported. `zod` may be imported anywhere. */
  readonly vendors: readonly string[];
  /** Describes the package or app in a few words. */
  readonly summary: string;
}

/** The rules for all packages and apps, including planned packages, by folder name. Folders that are not listed are rejected. */
export const PACKAGE_RULES: Readonly<Record<string, PackageRule>> = {
  core: { imports: [], vendors: ['languages/prepare-javascript.ts'], summary: 'contracts and the code that all back ends share' },
  testkit: { imports: ['core'], testImports: ['launcher'], vendors: ['vitest.ts'], summary: 'conformance suites' },
  launcher: { imports: ['core'], vendors: [], summary: 'sandboxes through a waiting shell, for any platform with an exec' },
  kernel: { imports: ['core'], testImports: ['sandpod'], vendors: [], summary: 'interpreters that keep their variables, in any sandbox' },
  embedded: {
    imports: ['core', 'kernel'],
    vendors: ['python/', 'javascript/', 'shell/', 'jq/'],
    summary: 'WebAssembly interpreters in a child process',
  },
  docker: { imports: ['core', 'launcher', 'kernel'], vendors: ['client/'], summary: 'Docker containers' },
  kubernetes: { imports: ['core', 'launcher', 'kernel'], vendors: ['client/'], summary: 'Kubernetes pods and Jobs' },
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
