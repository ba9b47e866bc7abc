/** Each names one protection that the caller gives up; all are off by default. `describe().weaknesses` tells of each. */
export interface WeaknessOptions {
  /** True: the pod gets its service account's token, so that code in it can call the API server. */
  readonly automountServiceAccountToken?: boolean | undefined;
  /** True: programs run as root of the container, user 0. Without `capabilities` that root can do little. */
  readonly runAsRoot?: boolean | undefined;
  /** True: the root file system is writable, so that packages can be installed into the image. */
  readonly writableRoot?: boolean | undefined;
  /** Linux capabilities to add, for example `NET_RAW`. */
  readonly capabilities?: readonly string[] | undefined;
  /** True: programs may gain rights, as by `sudo`. */
  readonly allowPrivilegeEscalation?: boolean | undefined;
  /** True: the containers are privileged, which means root on the node. */
  readonly privileged?: boolean | undefined;
  /** Namespaces of the node to share; `network` leaves NetworkPolicies behind. */
  readonly hostNamespaces?: readonly ('network' | 'pid' | 'ipc')[] | undefined;
  /** Paths of the node, and everything below them, that `podSpec` and `volume` may mount. */
  readonly hostPaths?: readonly string[] | undefined;
}

type Given = { readonly [Key in keyof Required<WeaknessOptions>]: NonNullable<WeaknessOptions[Key]> };

/** The loosening options with their defaults filled in. */
export type ResolvedWeaknessOptions = Given;

/** One sentence for each protection that the options give up. */
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
