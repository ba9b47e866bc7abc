import { fileURLToPath } from 'node:url';
import type { V1Pod, V1Toleration, V1Volume } from '@kubernetes/client-node';
import { DEFAULT_EXPIRES_IN_MS, DEFAULT_GRACE_MS, type Limits } from '@sandpod/core';
import { durationMsSchema, environmentSchema, expiresInMsSchema, givenLimitsSchema } from '@sandpod/core/backend';
import { refuseLongVariables } from '@sandpod/launcher';
import { z } from 'zod';
import type { KubeSettingsOptions } from '../client/load-kube-config.ts';
import { annotationsSchema } from './annotations.ts';
import type { ManifestSource } from './manifest-source.ts';
import { podNameSchema } from './names.ts';
import type { PodTemplate, WorkspaceVolume } from './pod-template.ts';
import type { WeaknessOptions } from './weaknesses-of.ts';

/** The default user id of programs. An option or `podSpec` can override it. */
export const DEFAULT_USER = 1000;

/** CPU and memory that the scheduler reserves, in Kubernetes' notation. */
export interface ResourceRequests {
  /** Default `20m`. */
  readonly cpu?: string | undefined;
  /** Default `64Mi`. */
  readonly memory?: string | undefined;
}

export interface PodSandboxProviderOptions extends KubeSettingsOptions, WeaknessOptions {
  /** The container image. Default: the image in `podSpec`, else `python:3-slim`. */
  readonly image?: string | undefined;
  /** The pod's name. Default: the name in `podSpec`, else `sandpod-` followed by the sandbox's id. */
  readonly podName?: string | undefined;
  /** The namespace for all objects. Default: the context's or service account's namespace, else `default`. */
  readonly namespace?: string | undefined;
  /**
   * Your pod spec as an object, a YAML or JSON text, a file path, or a `file:` URL. sandpod keeps its containers, variables, volumes and
   * node settings, and adds defaults. The other options override it. Fields that weaken isolation are rejected unless an option permits
   * them.
   */
  readonly podSpec?: ManifestSource<V1Pod> | undefined;
  /**
   * The container in which code runs. Default: the only container in `podSpec`, else `sandbox`. If `podSpec` has no container `sandbox`,
   * sandpod adds it.
   */
  readonly containerName?: string | undefined;
  /** The workspace volume, in the same forms as `podSpec`. Default: an empty volume with the size limit `limits.workspaceBytes`. */
  readonly volume?: ManifestSource<V1Volume> | undefined;
  /** Process 1 of the container, which must not exit. Default: a shell that waits. */
  readonly command?: readonly string[] | undefined;
  /** Arguments for process 1. If `command` is not set, the image's entry point receives them. */
  readonly args?: readonly string[] | undefined;
  /** A shell command that runs once, after a new pod has started. */
  readonly initCommand?: string | undefined;
  /**
   * If false, disposal of an executor ends all processes in the pod, but keeps the pod until it expires. The next start with the same
   * `podName` and options reuses the pod. Default true.
   */
  readonly autoRemove?: boolean | undefined;
  /** The mount path of the workspace volume. A relative path is resolved against the image's WORKDIR. Default `/workspace`. */
  readonly workspacePath?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Kubernetes labels for all objects. Names with the prefix `sandpod.dev/` are reserved. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  /** Resources that the scheduler reserves; `limits` sets the maximum. */
  readonly requests?: ResourceRequests | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /** The runtime class, for example `gvisor`. If the cluster lacks the class, the start fails. */
  readonly runtimeClassName?: string | undefined;
  /**
   * If `none`, a NetworkPolicy blocks all traffic in both directions, and `describe()` reports whether a test found the network closed. If
   * `require-none`, a start succeeds only if the test also proves that the network is closed. If `open`, there is no policy, which weakens
   * isolation. Default `none`.
   */
  readonly network?: 'none' | 'require-none' | 'open' | undefined;
  /** The image pull policy. Default `IfNotPresent`. */
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never' | undefined;
  readonly imagePullSecrets?: readonly string[] | undefined;
  readonly nodeSelector?: Readonly<Record<string, string>> | undefined;
  readonly tolerations?: readonly V1Toleration[] | undefined;
  /**
   * The pod's service account. Its token is mounted only if `automountServiceAccountToken` is true. Default: the namespace's default
   * account.
   */
  readonly serviceAccountName?: string | undefined;
  /** The user id of programs. Default: the user in `podSpec`, else 0 if `runAsRoot` is true, else 1000. */
  readonly runAsUser?: number | undefined;
  /** Maximum number of milliseconds until a new sandbox is usable. Default 120 s. */
  readonly startTimeoutMs?: number | undefined;
  /** Maximum number of milliseconds for which a pod may stay unschedulable. Raise it if your cluster adds nodes on demand. Default 15 s. */
  readonly scheduleTimeoutMs?: number | undefined;
  /**
   * Milliseconds after which the cluster removes everything that belongs to a sandbox. If `null`, the sandbox never expires. Default 1 h.
   */
  readonly expiresInMs?: number | null | undefined;
  /** Milliseconds between keep-alive frames on an idle connection. Lower it if a proxy closes idle connections sooner. Default 30 s. */
  readonly keepAliveMs?: number | undefined;
  /** Milliseconds between TERM and KILL. Default 2 s. */
  readonly graceMs?: number | undefined;
  /**
   * If true, `connect` uses the API server's port forwarding for images without a program that can relay bytes. This needs the permissions
   * `get` and `create` on `pods/portforward`. A forwarded connection cannot half-close and does not reach a gVisor sandbox. Default false.
   */
  readonly portForward?: boolean | undefined;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are rejected.
const WORKSPACE = /^(?!\/?$)(?!.*(^|\/)\.\.(\/|$))(?!.*\/\/)[^\x00-\x1f\x7f:]+$/;

/** Creates a schema for the forms of a podSpec or a volume. The content is validated when it is read. */
const manifestSchema = <Typed extends object>(): z.ZodType<ManifestSource<Typed>> =>
  z.custom<ManifestSource<Typed>>(
    (value) => (typeof value === 'string' ? value.trim() !== '' : typeof value === 'object' && value !== null && !Array.isArray(value)),
    {
      error: 'expected an object, a YAML or JSON text, a file path, or a file: URL',
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
  autoRemove: z.boolean().optional(),
  workspacePath: z
    .string()
    .regex(WORKSPACE, { error: 'expected a path that is not "/", without "..", ":", "//" or control characters' })
    .default('/workspace'),
  env: environmentSchema.superRefine(refuseLongVariables).default({}),
  labels: z.record(z.string(), z.string()).default({}),
  annotations: annotationsSchema.default({}),
  requests: z.strictObject({ cpu: quantitySchema.optional(), memory: quantitySchema.optional() }).optional(),
  limits: givenLimitsSchema(),
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
  portForward: z.boolean().default(false),
  keepAliveMs: durationMsSchema.optional(),
  kubeConfigFile: z.custom<string | URL>(namesFile, { error: 'expected a path or a file: URL on this machine' }).optional(),
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

/** The given options, with the defaults that do not depend on `podSpec`. */
export type ValidPodOptions = z.output<typeof podSandboxProviderOptionsSchema>;

/** The options, completed from `podSpec` and the defaults. */
export interface PodOptions extends Omit<ValidPodOptions, 'podSpec' | 'volume' | 'limits' | 'requests'> {
  readonly limits: Limits;
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly image: string;
  readonly imagePullPolicy: 'Always' | 'IfNotPresent' | 'Never';
  readonly containerName: string;
  readonly runAsUser: number;
  /** True if the caller set `runAsUser`. The option then overrides the user in `podSpec`. */
  readonly givenRunAsUser: boolean;
  readonly template: PodTemplate | undefined;
  readonly workspaceVolume: WorkspaceVolume | undefined;
}
