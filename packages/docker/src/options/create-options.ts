import type { ContainerCreateOptions } from 'dockerode';

/** Fields that control who owns a container and when it ends. `createOptions` may not set them. */
const OWNED = {
  top: [
    'name',
    '_query',
    '_body',
    'abortSignal',
    'authconfig',
    'Image',
    'User',
    'Entrypoint',
    'Cmd',
    'WorkingDir',
    'Healthcheck',
    'StopTimeout',
  ],
  host: ['AutoRemove', 'RestartPolicy', 'Init'],
} as const;

/** Returns the names of options that are set but not allowed. */
export function forbiddenCreateOptions(theirs: ContainerCreateOptions): string[] {
  const isSet = (values: object | undefined, key: string): boolean => Object.hasOwn(values ?? {}, key);
  return [
    ...OWNED.top.filter((key) => isSet(theirs, key)),
    ...OWNED.host.filter((key) => isSet(theirs.HostConfig, key)).map((key) => `HostConfig.${key}`),
  ];
}

/** Returns the paths in the container at which these options mount something. */
export function mountTargets({ HostConfig, Volumes }: ContainerCreateOptions): string[] {
  const { Tmpfs, Mounts, Binds } = HostConfig ?? {};
  return [
    ...Object.keys(Volumes ?? {}),
    ...Object.keys(Tmpfs ?? {}),
    ...(Mounts ?? []).map(({ Target }) => Target),
    ...(Binds ?? []).map((bind) => bind.split(':')[1] ?? ''),
  ];
}

/** Returns the names of all options that are set. */
export function namesOfCreateOptions(theirs: ContainerCreateOptions = {}): string[] {
  const { HostConfig = {}, ...rest } = theirs;
  return [...Object.keys(rest), ...Object.keys(HostConfig).map((key) => `HostConfig.${key}`)];
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
