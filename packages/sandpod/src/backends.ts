import type { BackendDefinition } from '@sandpod/core/backend';

/** One back end as the registry knows it before its package is loaded. */
export interface BackendListing {
  /** The npm package that has it. */
  readonly package: string;
  /** One line for menus. */
  readonly description: string;
  readonly load: () => Promise<BackendDefinition>;
}

/** Every back end, one line each. The packages are loaded on first use. */
export const BACKENDS = {
  embedded: {
    package: '@sandpod/embedded',
    description: 'WebAssembly interpreters in a child process: Python, JavaScript and a shell, no infrastructure needed',
    load: async () => (await import('@sandpod/embedded')).backend,
  },
  docker: {
    package: '@sandpod/docker',
    description: 'A hardened Docker container, with any image',
    load: async () => (await import('@sandpod/docker')).backend,
  },
  pod: {
    package: '@sandpod/kubernetes',
    description: 'A hardened Kubernetes pod, with any image, on gVisor where the cluster has it',
    load: async () => (await import('@sandpod/kubernetes')).backend,
  },
} as const satisfies Readonly<Record<string, BackendListing>>;
