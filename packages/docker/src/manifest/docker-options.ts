import { posix } from 'node:path';
import { DEFAULT_EXPIRES_IN_MS, DEFAULT_GRACE_MS, type Limits } from '@sandpod/core';
import { durationMsSchema, environmentSchema, limitsSchema } from '@sandpod/core/backend';
import type { ContainerCreateOptions, DeviceRequest } from 'dockerode';
import { z } from 'zod';
import { LABEL_PREFIX } from './labels.ts';
import { forbiddenCreateOptions, isRecord } from './merge-create-options.ts';

export interface DockerSandboxProviderOptions {
  /** Default `python:3-slim`. Pulled when the daemon does not have it. */
  readonly image?: string | undefined;
  /** Default: `sandpod-` and a random part. */
  readonly containerName?: string | undefined;
  /** Absolute path of the workspace in the container. Default `/workspace`. */
  readonly workspacePath?: string | undefined;
  /**
   * Directory of this machine to be the workspace; made when it is missing, and must be writable by `user`.
   * Default: a sized file system in memory, gone with the container.
   */
  readonly workDir?: string | undefined;
  /** Where the daemon's machine has that directory, when it is not this machine (Docker inside Docker); it must exist. Default: `workDir`. */
  readonly bindDir?: string | undefined;
  /** Existing directories of the daemon's machine, or volumes, to mount: `source:target[:ro]`. Each one loosens the isolation. */
  readonly extraVolumes?: readonly string[] | undefined;
  /** Host name → address (or `host-gateway`), for `/etc/hosts`. */
  readonly extraHosts?: Readonly<Record<string, string>> | undefined;
  /** A shell line that runs once, after the start. */
  readonly initCommand?: string | undefined;
  /** GPUs and other devices, as Docker's API takes them. */
  readonly deviceRequests?: readonly DeviceRequest[] | undefined;
  /** An OCI runtime that the daemon knows, for example `runsc`. */
  readonly runtime?: string | undefined;
  /** `none` (default): no network at all. Everything else is a Docker network and loosens the isolation. */
  readonly network?: string | undefined;
  /** Who runs programs, as numbers, `uid` or `uid:gid`. Default `1000:1000`; `0:0` with `runAsRoot`. */
  readonly user?: string | undefined;
  /** True: programs may run as root of the container. */
  readonly runAsRoot?: boolean | undefined;
  /** True: the root file system is writable, so that packages can be installed into the image. */
  readonly writableRoot?: boolean | undefined;
  /** Linux capabilities of root, for example `CHOWN`; they need `runAsRoot` and bring `allowPrivilegeEscalation`. Default: none. */
  readonly capabilities?: readonly string[] | undefined;
  /** True: a program may gain privileges, as `sudo` does. */
  readonly allowPrivilegeEscalation?: boolean | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Names must not begin with `sandpod.`. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /**
   * False: the end of a scope (`await using`) leaves the container running until it expires, and a start with the same
   * `containerName` and the same options uses it again. `stop()` and `restart()` of an executor remove it. Default true.
   */
  readonly autoRemove?: boolean | undefined;
  /** Milliseconds until a new sandbox must be usable, without the pull of an image. Default 60 s. */
  readonly startTimeoutMs?: number | undefined;
  /** Milliseconds after which the container ends itself and is removed. Default 1 h. */
  readonly expiresInMs?: number | undefined;
  /** Milliseconds between TERM and KILL. Default 2 s. */
  readonly graceMs?: number | undefined;
  /** Address of the daemon. Default: `DOCKER_HOST`, the current context, the default socket. */
  readonly dockerHost?: string | undefined;
  /**
   * Laid over what is sent to the daemon: lists and records are added to, other values replaced; `describe()` names each.
   * Refused where it decides whose the container is and when it ends, for example `name`, `Entrypoint`, `HostConfig.AutoRemove`.
   */
  readonly createOptions?: ContainerCreateOptions | undefined;
}

const absolutePath = z
  .string()
  .regex(/^\/[^\0:]*[^\0:/]$/, { error: 'expected an absolute path without ":"' })
  .refine((path) => !path.split('/').includes('..'), { error: 'expected an absolute path without ".."' });

const hostName = z.string().regex(/^[a-zA-Z0-9]([a-zA-Z0-9._-]*[a-zA-Z0-9])?$/, { error: 'expected a host name' });

const labelName = z
  .string()
  .min(1)
  .refine((name) => !name.startsWith(LABEL_PREFIX), { error: `expected a name that does not begin with "${LABEL_PREFIX}"` });

const createOptionsSchema = z.custom<ContainerCreateOptions>(isRecord, { error: 'expected an object' }).superRefine((value, context) => {
  for (const name of ['HostConfig', 'Labels'] as const) {
    if (value[name] !== undefined && !isRecord(value[name]))
      context.addIssue({ code: 'custom', path: [name], message: 'expected an object' });
  }
  const reserved = Object.keys(value.Labels ?? {}).filter((name) => name.startsWith(LABEL_PREFIX));
  for (const name of [...forbiddenCreateOptions(value), ...reserved]) {
    context.addIssue({ code: 'custom', message: `expected no ${name}, which sandpod sets itself` });
  }
});

/** The fields of {@link DockerSandboxProviderOptions}, to be spread into the executor's schema. */
export const dockerOptionsShape = {
  image: z
    .string()
    .regex(/^[a-zA-Z0-9]([a-zA-Z0-9._/:@-]*[a-zA-Z0-9])?$/, { error: 'expected the name of an image' })
    .refine((name) => !name.includes('..'), { error: 'expected the name of an image' })
    .default('python:3-slim'),
  containerName: z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,127}$/, { error: 'expected a container name: letters, digits, "_", "." and "-"' })
    .optional(),
  workspacePath: absolutePath.default('/workspace'),
  workDir: z.string().min(1).optional(),
  bindDir: absolutePath.optional(),
  extraVolumes: z
    .array(z.string().regex(/^[^:\0]+:\/[^:\0]+(:r[ow])?$/, { error: 'expected source:target, or source:target:ro' }))
    .default([]),
  extraHosts: z
    .record(hostName, z.string().regex(/^([0-9a-fA-F.:]+|host-gateway)$/, { error: 'expected an IP address or host-gateway' }))
    .default({}),
  initCommand: z.string().min(1).optional(),
  deviceRequests: z.array(z.custom<DeviceRequest>((value) => typeof value === 'object' && value !== null)).default([]),
  runtime: z.string().min(1).optional(),
  network: z.string().min(1).default('none'),
  user: z
    .string()
    .regex(/^\d+(:\d+)?$/, { error: 'expected numbers, uid or uid:gid' })
    .transform((user) => (user.includes(':') ? user : `${user}:${user}`))
    .optional(),
  runAsRoot: z.boolean().default(false),
  writableRoot: z.boolean().default(false),
  capabilities: z
    .array(z.string().regex(/^(?!CAP_)[A-Z][A-Z0-9_]*$/, { error: 'expected a capability such as CHOWN, without CAP_' }))
    .default([]),
  allowPrivilegeEscalation: z.boolean().default(false),
  limits: limitsSchema(),
  env: environmentSchema.default({}),
  labels: z.record(labelName, z.string()).default({}),
  autoRemove: z.boolean().default(true),
  startTimeoutMs: durationMsSchema.default(60_000),
  expiresInMs: durationMsSchema.default(DEFAULT_EXPIRES_IN_MS),
  graceMs: durationMsSchema.default(DEFAULT_GRACE_MS),
  dockerHost: z.string().min(1).optional(),
  createOptions: createOptionsSchema.optional(),
} as const;

/** For `superRefine`: what concerns several fields. */
export function checkDockerOptions(options: CheckedOptions, context: z.RefinementCtx): void {
  const { user, runAsRoot, capabilities, extraVolumes, workspacePath } = options;
  const refuse = (name: keyof CheckedOptions, message: string): void => context.addIssue({ code: 'custom', path: [name], message });
  if (user !== undefined && isRoot(user) && !runAsRoot) refuse('user', 'expected another user, or runAsRoot: true beside it');
  if (capabilities.length > 0 && !isRoot(userOf(options)))
    refuse('capabilities', 'expected none, or runAsRoot: true, since only root can have them');
  if (extraVolumes.some((volume) => posix.resolve(volume.split(':')[1] ?? '') === posix.resolve(workspacePath)))
    refuse('extraVolumes', `expected another target than the workspace ${workspacePath}; workDir makes a directory the workspace`);
}

export const dockerSandboxProviderOptionsSchema = z
  .strictObject(dockerOptionsShape)
  .superRefine(checkDockerOptions)
  .transform((options) => ({ ...options, user: userOf(options) }));

type CheckedOptions = Pick<
  z.output<z.ZodObject<typeof dockerOptionsShape>>,
  'user' | 'runAsRoot' | 'capabilities' | 'extraVolumes' | 'workspacePath'
>;

/** Who runs programs, as `uid:gid`. */
function userOf({ user, runAsRoot }: Pick<CheckedOptions, 'user' | 'runAsRoot'>): string {
  return user ?? (runAsRoot ? '0:0' : '1000:1000');
}

/** With `no-new-privileges`, root of an exec in a container of another user would not get its capabilities. */
export function allowsEscalation(options: Pick<DockerOptions, 'allowPrivilegeEscalation' | 'capabilities'>): boolean {
  return options.allowPrivilegeEscalation || options.capabilities.length > 0;
}

export function isRoot(user: string): boolean {
  return /^0+:/.test(user);
}

/** The options with their defaults filled in. */
export type DockerOptions = z.output<typeof dockerSandboxProviderOptionsSchema>;
