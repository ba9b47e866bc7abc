/** Each of these options turns off a protection. All options are off by default. `describe().weaknesses` lists the options that are on. */
export interface WeaknessOptions {
  /** If true, the service account's token is mounted in the pod, so code can act as the service account. */
  readonly automountServiceAccountToken?: boolean | undefined;
  /** If true, programs run as user 0 in the container. Without `capabilities`, this user can do little more than other users. */
  readonly runAsRoot?: boolean | undefined;
  /** If true, the root file system is writable, so programs can install packages into it. */
  readonly writableRoot?: boolean | undefined;
  /** Linux capabilities to add, for example `NET_RAW`. */
  readonly capabilities?: readonly string[] | undefined;
  /** If true, programs can gain privileges, for example with `sudo`. */
  readonly allowPrivilegeEscalation?: boolean | undefined;
  /** If true, the containers are privileged, which means that programs can become root on the node. */
  readonly privileged?: boolean | undefined;
  /** Namespaces that the pod shares with the node. NetworkPolicies do not apply to the host network. */
  readonly hostNamespaces?: readonly ('network' | 'pid' | 'ipc')[] | undefined;
  /** Paths on the node that `podSpec` and `volume` may mount, including everything below them. */
  readonly hostPaths?: readonly string[] | undefined;
}

type Given = { readonly [Key in keyof Required<WeaknessOptions>]: NonNullable<WeaknessOptions[Key]> };

/** {@link WeaknessOptions} with their defaults. */
export type ResolvedWeaknessOptions = Given;

/** Returns a sentence for each protection that the options turn off. */
export function weaknessesOf(options: ResolvedWeaknessOptions): string[] {
  const { capabilities, hostNamespaces, hostPaths } = options;
  return [
    ...(options.automountServiceAccountToken ? ['Programs can read a token of the service account (automountServiceAccountToken).'] : []),
    ...(options.runAsRoot ? ['Programs run as root in the container (runAsRoot).'] : []),
    ...(options.writableRoot ? ['The root file system is writable (writableRoot).'] : []),
    ...(capabilities.length > 0 ? [`Programs have the capabilities ${capabilities.join(', ')} (capabilities).`] : []),
    ...(options.allowPrivilegeEscalation ? ['Programs can gain privileges (allowPrivilegeEscalation).'] : []),
    ...(options.privileged ? ['The containers are privileged: programs can take over the node (privileged).'] : []),
    ...hostNamespaces.map((each) => `The pod shares the node's ${each} namespace (hostNamespaces).`),
    ...(hostPaths.length > 0 ? [`The node's ${hostPaths.join(', ')} may be mounted (hostPaths).`] : []),
  ];
}
