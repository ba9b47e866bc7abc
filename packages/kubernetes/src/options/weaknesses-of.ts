/** Options that each turn off one protection. All are off by default, and `describe().weaknesses` lists those that are on. */
export interface WeaknessOptions {
  /** True: mounts the service account's token in the pod, so code can act as the service account. */
  readonly automountServiceAccountToken?: boolean | undefined;
  /** True: programs run as user 0 of the container. Without `capabilities`, that user can do little more than others. */
  readonly runAsRoot?: boolean | undefined;
  /** True: the root file system is writable, so programs can install packages into it. */
  readonly writableRoot?: boolean | undefined;
  /** Linux capabilities to add, for example `NET_RAW`. */
  readonly capabilities?: readonly string[] | undefined;
  /** True: programs can gain privileges, for example with `sudo`. */
  readonly allowPrivilegeEscalation?: boolean | undefined;
  /** True: the containers are privileged, which means root on the node. */
  readonly privileged?: boolean | undefined;
  /** Namespaces that the pod shares with the node. NetworkPolicies do not apply to the host network. */
  readonly hostNamespaces?: readonly ('network' | 'pid' | 'ipc')[] | undefined;
  /** Paths on the node that `podSpec` and `volume` may mount, including everything below them. */
  readonly hostPaths?: readonly string[] | undefined;
}

type Given = { readonly [Key in keyof Required<WeaknessOptions>]: NonNullable<WeaknessOptions[Key]> };

/** {@link WeaknessOptions} with their defaults. */
export type ResolvedWeaknessOptions = Given;

/** One sentence for each protection that the options turn off. */
export function weaknessesOf(options: ResolvedWeaknessOptions): string[] {
  const { capabilities, hostNamespaces, hostPaths } = options;
  return [
    ...(options.automountServiceAccountToken ? ['Programs can read a token of the service account (automountServiceAccountToken).'] : []),
    ...(options.runAsRoot ? ['Programs run as root of the container (runAsRoot).'] : []),
    ...(options.writableRoot ? ['The root file system is writable (writableRoot).'] : []),
    ...(capabilities.length > 0 ? [`Programs have the capabilities ${capabilities.join(', ')} (capabilities).`] : []),
    ...(options.allowPrivilegeEscalation ? ['Programs may gain rights (allowPrivilegeEscalation).'] : []),
    ...(options.privileged ? ['The containers are privileged: programs can take over the node (privileged).'] : []),
    ...hostNamespaces.map((each) => `The pod shares the node's ${each} namespace (hostNamespaces).`),
    ...(hostPaths.length > 0 ? [`The node's ${hostPaths.join(', ')} may be mounted (hostPaths).`] : []),
  ];
}
