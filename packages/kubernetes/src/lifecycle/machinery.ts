import type { KubeClient } from '../client/kube-client.ts';
import type { PodOptions } from '../options/pod-options.ts';
import type { NetworkClosure } from '../sandbox/network-closure.ts';
import type { ServerVersion } from './server-version.ts';

/** The objects that all operations of a provider share. */
export interface Machinery {
  readonly client: KubeClient;
  readonly namespace: string;
  readonly options: PodOptions;
  readonly network: NetworkClosure;
  readonly version: ServerVersion;
  /** Maps each image to its working directory, if that was already read. */
  readonly workdirs: Map<string, string>;
  /** The ids of sandboxes that this provider created and that have not ended. The cluster reports them as running only after a delay. */
  readonly usable: Set<string>;
}
