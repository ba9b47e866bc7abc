import { DEFAULT_EXPIRES_IN_MS, DEFAULT_GRACE_MS, durationMsSchema, environmentSchema, type Limits, limitsSchema } from '@sandpod/core';
import type { ContainerCreateOptions, DeviceRequest } from 'dockerode';
import { z } from 'zod';

export interface DockerSandboxProviderOptions {
  /** Default `python:3-slim`. Pulled when the daemon does not have it. */
  readonly image?: string | undefined;
  /** Default: `sandpod-` and a random part. */
  readonly containerName?: string | undefined;
  /** Absolute path of the workspace in the container. Default `/workspace`. */
  readonly workspacePath?: string | undefined;
  /** Host directory to be the workspace; it must be writable by user 1000. Default: a sized file system in memory, gone with the container. */
  readonly bindDir?: string | undefined;
  /** Host directories or volumes to mount, `source:target[:ro]`. Each one loosens the isolation. */
  readonly extraVolumes?: readonly string[] | undefined;
  /** Host name → address, for `/etc/hosts`. */
  readonly extraHosts?: Readonly<Record<string, string>> | undefined;
  /** A shell line that runs once, after the start. */
  readonly initCommand?: string | undefined;
  /** GPUs and other devices, as Docker's API takes them. */
  readonly deviceRequests?: readonly DeviceRequest[] | undefined;
  /** An OCI runtime that the daemon knows, for example `runsc`. */
  readonly runtime?: string | undefined;
  /** `none` (default): no network at all. Everything else is a Docker network and loosens the isolation. */
  readonly network?: string | undefined;
  /** Default `1000:1000`. Root loosens the isolation. */
  readonly user?: string | undefined;
  /** True: the root file system is writable, so that packages can be installed into the image. */
  readonly writableRoot?: boolean | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds until a new sandbox must be usable, without the pull of an image. Default 60 s. */
  readonly startTimeoutMs?: number | undefined;
  /** Milliseconds after which the container ends itself and is removed. Default 1 h. */
  readonly expiresInMs?: number | undefined;
  /** Milliseconds between TERM and KILL. Default 2 s. */
  readonly graceMs?: number | undefined;
  /** Address of the daemon. Default: `DOCKER_HOST`, the current context, the default socket. */
  readonly dockerHost?: string | undefined;
  /** Merged last into what is sent to the daemon; what it loosens is reported. */
  readonly createOptions?: ContainerCreateOptions | undefined;
}

const absolutePath = z.string().regex(/^\/[^\0:]*[^\0:/]$/, { error: 'expected an absolute path without ":"' });

/** The fields of {@link DockerSandboxProviderOptions}, to be spread into the executor's schema. */
export const dockerOptionsShape = {
  image: z.string().min(1).default('python:3-slim'),
  containerName: z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,127}$/, { error: 'expected a container name: letters, digits, "_", "." and "-"' })
    .optional(),
  workspacePath: absolutePath.default('/workspace'),
  bindDir: absolutePath.optional(),
  extraVolumes: z.array(z.string().regex(/^[^:\0]+:\/[^:\0]+(:[a-zA-Z,]+)?$/, { error: 'expected source:target[:options]' })).default([]),
  extraHosts: z.record(z.string(), z.string()).default({}),
  initCommand: z.string().min(1).optional(),
  deviceRequests: z.array(z.custom<DeviceRequest>((value) => typeof value === 'object' && value !== null)).default([]),
  runtime: z.string().min(1).optional(),
  network: z.string().min(1).default('none'),
  user: z.string().min(1).default('1000:1000'),
  writableRoot: z.boolean().default(false),
  limits: limitsSchema(),
  env: environmentSchema.default({}),
  labels: z.record(z.string(), z.string()).default({}),
  startTimeoutMs: durationMsSchema.default(60_000),
  expiresInMs: durationMsSchema.default(DEFAULT_EXPIRES_IN_MS),
  graceMs: durationMsSchema.default(DEFAULT_GRACE_MS),
  dockerHost: z.string().min(1).optional(),
  createOptions: z.custom<ContainerCreateOptions>((value) => typeof value === 'object' && value !== null).optional(),
} as const;

export const dockerSandboxProviderOptionsSchema = z.strictObject(dockerOptionsShape);

/** The options with their defaults filled in. */
export type DockerOptions = z.output<typeof dockerSandboxProviderOptionsSchema>;
