import type { KubeConfig } from '@kubernetes/client-node';
import { DEFAULT_EXPIRES_IN_MS, DEFAULT_GRACE_MS, durationMsSchema, environmentSchema, type Limits, limitsSchema } from '@sandpod/core';
import { z } from 'zod';
import type { KubeSettingsOptions } from './client/kube-settings.ts';

/** CPU, memory and ephemeral storage that the scheduler reserves, in Kubernetes' own notation. */
export interface ResourceRequests {
  /** Default `20m`. */
  readonly cpu?: string | undefined;
  /** Default `64Mi`. */
  readonly memory?: string | undefined;
}

export interface PodSandboxProviderOptions extends KubeSettingsOptions {
  /** Default `python:3-slim`. */
  readonly image?: string | undefined;
  /** Default: `sandpod-` and a random part. */
  readonly podName?: string | undefined;
  /** Default: the context's or service account's namespace, else `default`. */
  readonly namespace?: string | undefined;
  /** Path of the workspace volume; a relative one counts from the image's WORKDIR. Default `/workspace`. */
  readonly workspacePath?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Labels of everything that is made; names below `sandpod.dev/` are ours. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  /** What is reserved; what may be used is set by `limits`. */
  readonly requests?: ResourceRequests | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /** For example `gvisor`. A class that the cluster lacks is an error. */
  readonly runtimeClassName?: string | undefined;
  /**
   * `none` (default): closed in both directions by a NetworkPolicy; whether it is enforced is tested and told by `describe()`.
   * `require-none`: refuses to start where the network is not proven closed. `open`: no policy; loosens the isolation.
   */
  readonly network?: 'none' | 'require-none' | 'open' | undefined;
  /** Default `IfNotPresent`. */
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never' | undefined;
  readonly imagePullSecrets?: readonly string[] | undefined;
  readonly nodeSelector?: Readonly<Record<string, string>> | undefined;
  /** Default 1000. */
  readonly runAsUser?: number | undefined;
  /** Milliseconds until a new sandbox must be usable. Default 120 s. */
  readonly startTimeoutMs?: number | undefined;
  /** Milliseconds for which a pod may find no room on any node; raise it where nodes are added on demand. Default 15 s. */
  readonly scheduleTimeoutMs?: number | undefined;
  /** Milliseconds after which the cluster removes everything that belongs to a sandbox. Default 1 h. */
  readonly expiresInMs?: number | undefined;
  /** Milliseconds between TERM and KILL. Default 2 s. */
  readonly graceMs?: number | undefined;
}

const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
const WORKSPACE = /^(?!\/?$)(?!.*(^|\/)\.\.(\/|$))(?!.*\/\/)[^\x00-\x1f\x7f:]+$/;

const nameSchema = z.string().regex(NAME, { error: 'expected 1 to 63 lower-case letters, digits or "-", not at the ends' });
const quantitySchema = z.string().regex(/^\d+(\.\d+)?(m|k|Ki|M|Mi|G|Gi)?$/, { error: 'expected a quantity such as 20m, 0.5 or 64Mi' });

/** The fields of {@link PodSandboxProviderOptions}, to be spread into the executor's schema. */
export const podOptionsShape = {
  image: z.string().min(1).default('python:3-slim'),
  podName: nameSchema.optional(),
  namespace: nameSchema.optional(),
  workspacePath: z
    .string()
    .regex(WORKSPACE, { error: 'expected a path that is not "/", without "..", ":", "//" or control characters' })
    .default('/workspace'),
  env: environmentSchema.default({}),
  labels: z.record(z.string(), z.string()).default({}),
  annotations: z.record(z.string(), z.string()).default({}),
  requests: z.strictObject({ cpu: quantitySchema.default('20m'), memory: quantitySchema.default('64Mi') }).prefault({}),
  limits: limitsSchema(),
  runtimeClassName: nameSchema.optional(),
  network: z.enum(['none', 'require-none', 'open']).default('none'),
  imagePullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']).default('IfNotPresent'),
  imagePullSecrets: z.array(nameSchema).default([]),
  nodeSelector: z.record(z.string(), z.string()).default({}),
  runAsUser: z.int().min(1).default(1000),
  startTimeoutMs: durationMsSchema.default(120_000),
  scheduleTimeoutMs: durationMsSchema.default(15_000),
  expiresInMs: durationMsSchema.default(DEFAULT_EXPIRES_IN_MS),
  graceMs: durationMsSchema.default(DEFAULT_GRACE_MS),
  kubeConfigFile: z.string().min(1).optional(),
  kubeConfig: z
    .custom<KubeConfig>((value) => typeof value === 'object' && value !== null && 'getCurrentCluster' in value, {
      error: 'expected a KubeConfig',
    })
    .optional(),
  context: z.string().min(1).optional(),
} as const;

export const podSandboxProviderOptionsSchema = z.strictObject(podOptionsShape);

/** The options with their defaults filled in. */
export type PodOptions = z.output<typeof podSandboxProviderOptionsSchema>;
