import type { BackendDefinition } from '@sandpod/core/backend';
import type { BackendName } from './backend-options.ts';

/** A back end in the registry, before its package is loaded. */
export interface BackendListing {
  /** The npm package that contains the back end. */
  readonly package: string;
  /** Other names of the back end. */
  readonly aliases?: readonly string[];
  /** A one-line description for lists of back ends. */
  readonly description: string;
  readonly load: () => Promise<BackendDefinition>;
}

/** The first name of a back end. */
export type ListedName = Exclude<BackendName, 'kubernetes'>;

/** All back ends. Their packages are loaded on first use. */
export const BACKENDS: Readonly<Record<ListedName, BackendListing>> = {
  embedded: {
    package: '@sandpod/embedded',
    description: 'WebAssembly interpreters in a child process: Python, JavaScript and a shell, without any infrastructure',
    load: async () => (await import('@sandpod/embedded')).backend,
  },
  docker: {
    package: '@sandpod/docker',
    description: 'A hardened Docker container, with any image',
    load: async () => (await import('@sandpod/docker')).backend,
  },
  pod: {
    package: '@sandpod/kubernetes',
    aliases: ['kubernetes'],
    description: 'A hardened Kubernetes pod, with any image, on gVisor if the cluster has it',
    load: async () => (await import('@sandpod/kubernetes')).backend,
  },
};
