import { posix } from 'node:path';
import { DEFAULT_EXPIRES_IN_MS, DEFAULT_GRACE_MS } from '@sandpod/core';
import { durationMsSchema, environmentSchema, expiresInMsSchema, limitsSchema } from '@sandpod/core/backend';
import { refuseLongVariables } from '@sandpod/launcher';
import type { ContainerCreateOptions, DeviceRequest } from 'dockerode';
import { z } from 'zod';
import { forbiddenCreateOptions, isRecord, mountTargets } from './create-options.ts';
import { KEEPER_DIRECTORY, LABEL_PREFIX } from './reserved-names.ts';

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
    context.addIssue({ code: 'custom', message: `expected no ${name}: only sandpod sets it` });
  }
});

/** The fields of `DockerSandboxProviderOptions`, to be spread into the executor's schema. */
export const dockerOptionsShape = {
  image: z
    .string()
    .regex(/^[a-zA-Z0-9]([a-zA-Z0-9._/:@-]*[a-zA-Z0-9])?$/, { error: 'expected an image name' })
    .refine((name) => !name.includes('..'), { error: 'expected an image name' })
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
    .regex(/^\d+(:\d+)?$/, { error: 'expected uid or uid:gid, as numbers' })
    .transform((user) => (user.includes(':') ? user : `${user}:${user}`))
    .optional(),
  runAsRoot: z.boolean().default(false),
  writableRoot: z.boolean().default(false),
  capabilities: z
    .array(z.string().regex(/^(?!CAP_)[A-Z][A-Z0-9_]*$/, { error: 'expected a capability such as CHOWN, without CAP_' }))
    .default([]),
  allowPrivilegeEscalation: z.boolean().default(false),
  seccompProfile: z.enum(['default', 'strict']).default('default'),
  limits: limitsSchema(),
  env: environmentSchema.superRefine(refuseLongVariables).default({}),
  labels: z.record(labelName, z.string()).default({}),
  autoRemove: z.boolean().optional(),
  startTimeoutMs: durationMsSchema.default(60_000),
  expiresInMs: expiresInMsSchema.default(DEFAULT_EXPIRES_IN_MS),
  graceMs: durationMsSchema.default(DEFAULT_GRACE_MS),
  dockerHost: z.string().min(1).optional(),
  createOptions: createOptionsSchema.optional(),
} as const;

/** Checks rules that involve several fields, for `superRefine`. */
export function checkDockerOptions(options: CheckedOptions, context: z.RefinementCtx): void {
  const { user, runAsRoot, capabilities, extraVolumes, workspacePath } = options;
  const refuse = (name: keyof CheckedOptions, message: string): void => context.addIssue({ code: 'custom', path: [name], message });
  if (user !== undefined && isRoot(user) && !runAsRoot) refuse('user', 'expected a user other than root unless runAsRoot is true');
  if (capabilities.length > 0 && !isRoot(userOf(options)))
    refuse('capabilities', 'expected no capabilities unless runAsRoot is true, because only root can have capabilities');
  if (extraVolumes.some((volume) => posix.resolve(volume.split(':')[1] ?? '') === posix.resolve(workspacePath)))
    refuse('extraVolumes', `expected a target other than the workspace ${workspacePath}; to mount a directory there, use workDir`);
  for (const field of ['workspacePath', 'extraVolumes', 'createOptions'] as const) {
    if (targetsOf(options)[field].some(isKeepersOwn)) refuse(field, `expected a path other than ${KEEPER_DIRECTORY}, which sandpod uses`);
  }
}

export const dockerSandboxProviderOptionsSchema = z.strictObject(dockerOptionsShape).superRefine(checkDockerOptions).transform(withUser);

/** Fills in the user that runs programs, which depends on `runAsRoot`. */
export function withUser<Options extends Pick<CheckedOptions, 'user' | 'runAsRoot'>>(
  options: Options,
): Options & { readonly user: string } {
  return { ...options, user: userOf(options) };
}

type CheckedOptions = Pick<
  z.output<z.ZodObject<typeof dockerOptionsShape>>,
  'user' | 'runAsRoot' | 'capabilities' | 'extraVolumes' | 'workspacePath' | 'createOptions'
>;

/** Returns the paths in the container at which these options mount something, by option. */
function targetsOf({
  workspacePath,
  extraVolumes,
  createOptions = {},
}: CheckedOptions): Record<'workspacePath' | 'extraVolumes' | 'createOptions', string[]> {
  const targetIn = (volume: string): string => volume.split(':')[1] ?? '';
  return { workspacePath: [workspacePath], extraVolumes: extraVolumes.map(targetIn), createOptions: mountTargets(createOptions) };
}

function isKeepersOwn(path: string): boolean {
  return `${posix.resolve('/', path)}/`.startsWith(`${KEEPER_DIRECTORY}/`);
}

/** Returns the user that runs programs, as `uid:gid`. */
function userOf({ user, runAsRoot }: Pick<CheckedOptions, 'user' | 'runAsRoot'>): string {
  return user ?? (runAsRoot ? '0:0' : '1000:1000');
}

/**
 * Returns true if programs may gain privileges. Capabilities require this, because the main process is not root. With `no-new-privileges`,
 * root in an exec would therefore not get its capabilities.
 */
export function allowsEscalation(options: Pick<DockerOptions, 'allowPrivilegeEscalation' | 'capabilities'>): boolean {
  return options.allowPrivilegeEscalation || options.capabilities.length > 0;
}

export function isRoot(user: string): boolean {
  return /^0+:/.test(user);
}

/** The options with their defaults filled in. */
export type DockerOptions = z.output<typeof dockerSandboxProviderOptionsSchema>;
