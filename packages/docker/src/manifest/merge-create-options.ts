import type { ContainerCreateOptions } from 'dockerode';

/** What decides whose a container is and when it ends; `createOptions` may not touch it. */
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

/** Lays a caller's options over ours: lists and records are added to, so that nothing of ours is dropped; the rest is replaced. */
export function mergeCreateOptions(ours: ContainerCreateOptions, theirs: ContainerCreateOptions = {}): ContainerCreateOptions {
  const { HostConfig, Labels, ...rest } = theirs;
  return {
    ...merge(ours, rest),
    Labels: { ...Labels, ...ours.Labels },
    HostConfig: merge({ ...ours.HostConfig }, { ...HostConfig }),
  };
}

/** Options that may not be set, by name. */
export function forbiddenCreateOptions(theirs: ContainerCreateOptions): string[] {
  const isSet = (values: object | undefined, key: string): boolean => Object.hasOwn(values ?? {}, key);
  return [
    ...OWNED.top.filter((key) => isSet(theirs, key)),
    ...OWNED.host.filter((key) => isSet(theirs.HostConfig, key)).map((key) => `HostConfig.${key}`),
  ];
}

/** The names of all options that are set. */
export function namesOfCreateOptions(theirs: ContainerCreateOptions = {}): string[] {
  const { HostConfig = {}, ...rest } = theirs;
  return [...Object.keys(rest), ...Object.keys(HostConfig).map((key) => `HostConfig.${key}`)];
}

function merge<Values extends object>(ours: Values, theirs: Values): Values {
  const added = Object.entries(theirs).map(([key, value]) => [key, mergeValue(ours[key as keyof Values], value)]);
  return { ...ours, ...Object.fromEntries(added) };
}

function mergeValue(ours: unknown, theirs: unknown): unknown {
  if (Array.isArray(ours) && Array.isArray(theirs)) return [...ours, ...theirs];
  if (isRecord(ours) && isRecord(theirs)) return { ...ours, ...theirs };
  return theirs;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
