import { DEFAULT_EXPIRES_IN_MS, DEFAULT_GRACE_MS, durationMsSchema, environmentSchema, type Limits, limitsSchema } from '@sandpod/core';
import type { ContainerCreateOptions, DeviceRequest } from 'dockerode';
import { z } from 'zod';
import { LABEL_PREFIX } from './labels.ts';
import { forbiddenCreateOptions } from './merge-create-options.ts';

export interface DockerSandboxProviderOptions {
  /** Default `python:3-slim`. Pulled when the daemon does not have it. */
  readonly image?: string | undefined;
  /** Default: `sandpod-` and a random part. */
  readonly containerName?: string | undefined;
  /** Absolute path of the workspace in the container. Default `/workspace`. */
  readonly workspacePath?: string | undefined;
  /**
   * Directory to be the workspace, on the daemon's machine; it must exist and be writable by `user`.
   * Default: a sized file system in memory, gone with the container.
   */
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
  /** Who runs programs, as numbers, `uid` or `uid:gid`. Default `1000:1000`. 0 loosens the isolation. */
  readonly user?: string | undefined;
  /** True: the root file system is writable, so that packages can be installed into the image. */
  readonly writableRoot?: boolean | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Names must not begin with `sandpod.`. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** True: disposing leaves the container running, for `attach()`, until it expires. Default false. */
  readonly keepContainer?: boolean | undefined;
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

const absolutePath = z.string().regex(/^\/[^\0:]*[^\0:/]$/, { error: 'expected an absolute path without ":"' });

const hostName = z.string().regex(/^[a-zA-Z0-9]([a-zA-Z0-9._-]*[a-zA-Z0-9])?$/, { error: 'expected a host name' });

const labelName = z
  .string()
  .min(1)
  .refine((name) => !name.startsWith(LABEL_PREFIX), { error: `expected a name that does not begin with "${LABEL_PREFIX}"` });

const createOptionsSchema = z
  .custom<ContainerCreateOptions>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), {
    error: 'expected an object',
  })
  .superRefine((value, context) => {
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
    .default('1000:1000'),
  writableRoot: z.boolean().default(false),
  limits: limitsSchema(),
  env: environmentSchema.default({}),
  labels: z.record(labelName, z.string()).default({}),
  keepContainer: z.boolean().default(false),
  startTimeoutMs: durationMsSchema.default(60_000),
  expiresInMs: durationMsSchema.default(DEFAULT_EXPIRES_IN_MS),
  graceMs: durationMsSchema.default(DEFAULT_GRACE_MS),
  dockerHost: z.string().min(1).optional(),
  createOptions: createOptionsSchema.optional(),
} as const;

export const dockerSandboxProviderOptionsSchema = z.strictObject(dockerOptionsShape);

/** The options with their defaults filled in. */
export type DockerOptions = z.output<typeof dockerSandboxProviderOptionsSchema>;
