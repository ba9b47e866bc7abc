import type { KubeClient } from '../client/kube-client.ts';
import type { PodOptions } from '../options/pod-options.ts';
import type { NetworkClosure } from '../sandbox/network-closure.ts';
import type { ServerVersion } from './server-version.ts';

/** What all steps of one provider share. */
export interface Machinery {
  readonly client: KubeClient;
  readonly namespace: string;
  readonly options: PodOptions;
  readonly network: NetworkClosure;
  readonly version: ServerVersion;
  /** The working directories of images that are known, by image. */
  readonly workdirs: Map<string, string>;
  /** The ids of sandboxes that were created here and have not ended; the cluster reports them as running with a delay. */
  readonly usable: Set<string>;
}
