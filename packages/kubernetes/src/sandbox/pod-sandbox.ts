import type { V1Pod } from '@kubernetes/client-node';
import { type ConnectOptions, type Environment, type ExtendOptions, type Leftovers, type Limits, SandpodError } from '@sandpod/core';
import { ExecSandbox, type LossExplanation } from '@sandpod/launcher';
import type { KubeClient } from '../client/kube-client.ts';
import { PodExecTransport } from '../client/pod-exec-transport.ts';
import { connectByPortForward } from '../client/port-forward.ts';
import { readDiskLimits } from '../manifest/read-limits.ts';
import { containerNameOf } from '../manifest/sandbox-container.ts';
import { explainLoss, type PodIdentity } from './explain-loss.ts';
import type { Ownership } from './ownership.ts';
import { POD_CAPABILITIES } from './pod-capabilities.ts';
import { watchPod } from './watch-pod.ts';

export interface PodSandboxOptions {
  readonly client: KubeClient;
  readonly id: string;
  readonly name: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** The pod as the server has just returned it. */
  readonly known: V1Pod;
  readonly identity: Omit<PodIdentity, 'expiry'>;
  readonly ownership: Ownership;
  readonly description: string;
  readonly environment: Environment;
  readonly limits: Limits;
  readonly workspace: string;
  readonly graceMs: number;
  /** If true, connections to ports go through the API server if the image has no relay program. */
  readonly portForward: boolean;
  /** The default for `leftovers` in `detach()`. */
  readonly leftovers: Leftovers;
}

/**
 * The exit code that the API server reports when its connection to the node breaks. A launcher exits with this code only after it has
 * reported how its program ended.
 */
const NODE_LOST_EXIT_CODE = 0;
const NODE_LOST: LossExplanation = {
  outcome: 'transport',
  reason: 'The connection between the API server and the node was lost. It is not known how the program ended.',
};
/** The unit of `ulimit -f`, in bytes. */
const BLOCK_BYTES = 512;

/**
 * A sandbox in a running pod. A provider creates it, claims it, or attaches to it. Disposal removes everything that belongs to the sandbox.
 */
export class PodSandbox extends ExecSandbox {
  override readonly name: string | undefined;
  override readonly labels: Readonly<Record<string, string>>;
  readonly podName: string;
  readonly namespace: string;
  protected override readonly leftovers: Leftovers;
  readonly #ownership: Ownership;
  readonly #transport: PodExecTransport;
  readonly #watching: AbortController;
  readonly #loss: { known?: LossExplanation };

  constructor(options: PodSandboxOptions) {
    const { client, ownership, known, name: sandboxName, labels, leftovers, identity: pod, portForward, ...rest } = options;
    const { namespace, name } = pod;
    const identity = { ...pod, expiry: ownership };
    const transport = new PodExecTransport(client, { namespace, pod: name, container: containerNameOf(known) });
    const watching = new AbortController();
    const loss: { known?: LossExplanation } = {};
    super({
      ...rest,
      capabilities: POD_CAPABILITIES,
      transport,
      ...(portForward && { connectWithoutRelay: (port: ConnectOptions) => connectByPortForward(client, { namespace, pod: name }, port) }),
      // In the node's process namespace, the processes of other containers also lack sandpod's mark.
      ownsProcesses: known.spec?.hostPID !== true,
      // Kubernetes enforces the volumes' limits late, by eviction. `ulimits` limits a single file at once; `diskLimits` limits all files
      // within seconds.
      ulimits: { f: Math.ceil(rest.limits.workspaceBytes / BLOCK_BYTES) },
      diskLimits: readDiskLimits(known),
      explainLoss: async ({ exitCode }) =>
        loss.known ?? (await explainLoss(client, identity, exitCode)) ?? (exitCode === NODE_LOST_EXIT_CODE ? NODE_LOST : undefined),
      destroy: async () => {
        watching.abort();
        await ownership.release();
      },
    });
    this.name = sandboxName;
    this.labels = labels;
    this.leftovers = leftovers;
    this.podName = name;
    this.namespace = namespace;
    this.#ownership = ownership;
    this.#transport = transport;
    this.#watching = watching;
    this.#loss = loss;
    ownership.follow(watching.signal).catch(() => {});
    watchPod(client, { identity, known, abortSignal: watching.signal }).then(
      (end) => this.#end(end),
      () => {},
    );
  }

  protected override _extend(options: ExtendOptions): Promise<void> {
    return this.#ownership.extend(options);
  }

  protected override async _detach(): Promise<void> {
    this.#watching.abort();
    await super._detach();
  }

  /**
   * Ends the sandbox. Streams to a deleted pod could stay open forever, so they are closed, and each run ends with the reason from the
   * cluster.
   */
  #end(loss: LossExplanation): void {
    this.#loss.known = loss;
    void this.#ownership.releaseDeleted().catch(() => {});
    this.endAs(loss);
    this.#transport.break(new SandpodError({ code: 'sandbox-ended', message: `The sandbox has ended: ${loss.reason}` }));
  }
}
