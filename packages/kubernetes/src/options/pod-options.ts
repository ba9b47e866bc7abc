import { fileURLToPath } from 'node:url';
import type { V1Pod, V1Toleration, V1Volume } from '@kubernetes/client-node';
import { DEFAULT_EXPIRES_IN_MS, DEFAULT_GRACE_MS, type Limits } from '@sandpod/core';
import { durationMsSchema, environmentSchema, expiresInMsSchema, limitsSchema } from '@sandpod/core/backend';
import { z } from 'zod';
import type { KubeSettingsOptions } from '../client/load-kube-config.ts';
import { annotationsSchema } from './annotations.ts';
import type { ManifestSource } from './manifest-source.ts';
import { podNameSchema } from './names.ts';
import type { PodTemplate, WorkspaceVolume } from './pod-template.ts';
import type { WeaknessOptions } from './weaknesses-of.ts';

/** The user id of programs unless an option or `podSpec` sets one. */
export const DEFAULT_USER = 1000;

/** CPU, memory and ephemeral storage that the scheduler reserves, in Kubernetes' own notation. */
export interface ResourceRequests {
  /** Default `20m`. */
  readonly cpu?: string | undefined;
  /** Default `64Mi`. */
  readonly memory?: string | undefined;
}

export interface PodSandboxProviderOptions extends KubeSettingsOptions, WeaknessOptions {
  /** Default: that of the container in `podSpec`, else `python:3-slim`. */
  readonly image?: string | undefined;
  /** Default: the name in `podSpec`, else `sandpod-` and a random part. */
  readonly podName?: string | undefined;
  /** Default: the context's or service account's namespace, else `default`. */
  readonly namespace?: string | undefined;
  /**
   * A pod of your own, to be completed by our defaults: its containers, variables, volumes and node settings stay. An object, a text in
   * YAML or JSON, the path of a file, or its URL. Options win over it. What it loosens is refused without the option that permits it.
   */
  readonly podSpec?: ManifestSource<V1Pod> | undefined;
  /** The container of `podSpec` in which code runs; added where `podSpec` has none of that name. Default `sandbox`. */
  readonly containerName?: string | undefined;
  /** The volume to be the workspace, in the same forms as `podSpec`. Default: an empty one of `limits.workspaceBytes`. */
  readonly volume?: ManifestSource<V1Volume> | undefined;
  /** Process 1 of the container, which must not end. Default: one that waits. */
  readonly command?: readonly string[] | undefined;
  /** Arguments of process 1; alone they go to the image's entry point. */
  readonly args?: readonly string[] | undefined;
  /** A shell line that runs once, after the start of a new pod. */
  readonly initCommand?: string | undefined;
  /**
   * False: disposing leaves the pod running until it expires, and a living pod of the same `podName` that was made from the same
   * options is used again. Default true.
   */
  readonly autoRemove?: boolean | undefined;
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
  readonly tolerations?: readonly V1Toleration[] | undefined;
  /** Default: the namespace's default one. Its token is not in the pod unless `automountServiceAccountToken` says so. */
  readonly serviceAccountName?: string | undefined;
  /** Default: what `podSpec` says, else 1000; 0 with `runAsRoot`. */
  readonly runAsUser?: number | undefined;
  /** Milliseconds until a new sandbox must be usable. Default 120 s. */
  readonly startTimeoutMs?: number | undefined;
  /** Milliseconds for which a pod may find no room on any node; raise it where nodes are added on demand. Default 15 s. */
  readonly scheduleTimeoutMs?: number | undefined;
  /** Milliseconds after which the cluster removes everything that belongs to a sandbox; null: never. Default 1 h. */
  readonly expiresInMs?: number | null | undefined;
  /** Milliseconds between signs of life on connections to programs; lower it for proxies that cut idle connections sooner. Default 30 s. */
  readonly keepAliveMs?: number | undefined;
  /** Milliseconds between TERM and KILL. Default 2 s. */
  readonly graceMs?: number | undefined;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
const WORKSPACE = /^(?!\/?$)(?!.*(^|\/)\.\.(\/|$))(?!.*\/\/)[^\x00-\x1f\x7f:]+$/;

/** What a podSpec or a volume may be given as; the content is looked at when it is read. */
const manifestSchema = <Typed extends object>(): z.ZodType<ManifestSource<Typed>> =>
  z.custom<ManifestSource<Typed>>(
    (value) => (typeof value === 'string' ? value.trim() !== '' : typeof value === 'object' && value !== null && !Array.isArray(value)),
    {
      error: 'expected an object, a text in YAML or JSON, the path of a file, or a file: URL',
    },
  );

const capabilitySchema = z.string().regex(/^(?!CAP_)[A-Z][A-Z0-9_]*$/, { error: 'expected a capability such as NET_RAW, without CAP_' });
const absoluteSchema = z.string().regex(/^\/([^/\0]+(\/[^/\0]+)*)?$/, { error: 'expected an absolute path without a "/" at its end' });

function namesFile(value: unknown): boolean {
  if (typeof value === 'string' && !value.startsWith('file:')) return value !== '';
  try {
    const url = new URL(value as string | URL);
    fileURLToPath(url);
    return url.host === '';
  } catch {
    return false;
  }
}

const quantitySchema = z.string().regex(/^\d+(\.\d+)?(m|k|Ki|M|Mi|G|Gi)?$/, { error: 'expected a quantity such as 20m, 0.5 or 64Mi' });

/** The fields of {@link PodSandboxProviderOptions}, to be spread into the executor's schema. */
export const podOptionsShape = {
  image: z.string().min(1).optional(),
  podName: podNameSchema.optional(),
  namespace: podNameSchema.optional(),
  podSpec: manifestSchema<V1Pod>().optional(),
  containerName: podNameSchema.optional(),
  volume: manifestSchema<V1Volume>().optional(),
  command: z.array(z.string()).min(1).optional(),
  args: z.array(z.string()).optional(),
  initCommand: z.string().min(1).optional(),
  autoRemove: z.boolean().default(true),
  workspacePath: z
    .string()
    .regex(WORKSPACE, { error: 'expected a path that is not "/", without "..", ":", "//" or control characters' })
    .default('/workspace'),
  env: environmentSchema.default({}),
  labels: z.record(z.string(), z.string()).default({}),
  annotations: annotationsSchema.default({}),
  requests: z.strictObject({ cpu: quantitySchema.default('20m'), memory: quantitySchema.default('64Mi') }).prefault({}),
  limits: limitsSchema(),
  runtimeClassName: podNameSchema.optional(),
  network: z.enum(['none', 'require-none', 'open']).default('none'),
  imagePullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']).optional(),
  imagePullSecrets: z.array(podNameSchema).default([]),
  nodeSelector: z.record(z.string(), z.string()).default({}),
  tolerations: z
    .array(z.custom<V1Toleration>((value) => typeof value === 'object' && value !== null, { error: 'expected an object' }))
    .default([]),
  serviceAccountName: z.string().min(1).optional(),
  runAsUser: z.int().min(0).optional(),
  automountServiceAccountToken: z.boolean().default(false),
  runAsRoot: z.boolean().default(false),
  writableRoot: z.boolean().default(false),
  capabilities: z.array(capabilitySchema).default([]),
  allowPrivilegeEscalation: z.boolean().default(false),
  privileged: z.boolean().default(false),
  hostNamespaces: z.array(z.enum(['network', 'pid', 'ipc'])).default([]),
  hostPaths: z
    .array(absoluteSchema.refine((path) => !path.split('/').includes('..'), { error: 'expected a path without ".."' }))
    .default([]),
  startTimeoutMs: durationMsSchema.default(120_000),
  scheduleTimeoutMs: durationMsSchema.default(15_000),
  expiresInMs: expiresInMsSchema.default(DEFAULT_EXPIRES_IN_MS),
  graceMs: durationMsSchema.default(DEFAULT_GRACE_MS),
  keepAliveMs: durationMsSchema.optional(),
  kubeConfigFile: z.custom<string | URL>(namesFile, { error: 'expected a path or a file: URL of this machine' }).optional(),
  kubeConfig: z
    .custom<NonNullable<KubeSettingsOptions['kubeConfig']>>(
      (value) => typeof value === 'object' && value !== null && ('getCurrentCluster' in value || 'clusters' in value),
      {
        error: 'expected a KubeConfig, or the content of a kubeconfig file as an object',
      },
    )
    .optional(),
  context: z.string().min(1).optional(),
} as const;

export const podSandboxProviderOptionsSchema = z.strictObject(podOptionsShape);

/** The options as they were given, with the defaults that do not depend on a `podSpec`. */
export type ValidPodOptions = z.output<typeof podSandboxProviderOptionsSchema>;

/** The options with their defaults, and what `podSpec` says, filled in. */
export interface PodOptions extends Omit<ValidPodOptions, 'podSpec' | 'volume'> {
  readonly image: string;
  readonly imagePullPolicy: 'Always' | 'IfNotPresent' | 'Never';
  readonly containerName: string;
  readonly runAsUser: number;
  /** True: the caller's `runAsUser` wins over what `podSpec` says. */
  readonly givenRunAsUser: boolean;
  readonly template: PodTemplate | undefined;
  readonly workspaceVolume: WorkspaceVolume | undefined;
}
