import type { V1Container, V1Pod, V1PodSpec, V1Volume } from '@kubernetes/client-node';
import { validateOptions } from '@sandpod/core/backend';
import { refuseLongVariables } from '@sandpod/launcher';
import { z } from 'zod';
import { fieldNamesOf } from '../client/api-fields.ts';
import { findSnakeCaseField } from '../client/snake-case-field.ts';
import { annotationsSchema } from './annotations.ts';
import { type ManifestOrigin, type ManifestSource, manifestError, nameOf } from './manifest-source.ts';
import { podNameSchema } from './names.ts';
import { readManifest } from './read-manifest.ts';
import { isReservedName } from './reserved-names.ts';

/** The parts of a user's pod that sandpod uses. */
export interface PodTemplate extends ManifestOrigin {
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: Partial<V1PodSpec>;
}

/** A user's workspace volume. */
export interface WorkspaceVolume extends ManifestOrigin {
  readonly volume: V1Volume;
}

const nameSchema = z.string().min(1);
const namedList = z.array(z.looseObject({ name: nameSchema })).nullish();
const textRecord = z.record(z.string(), z.string()).nullish();

// These schemas are functions because the field names come from the client library, which is loaded only when it is needed.

/**
 * Returns schemas that accept any value for the known fields of an API type. A strict schema with these fields rejects misspelled names and
 * names from a newer API.
 */
function fieldsOf(type: Parameters<typeof fieldNamesOf>[0]): Record<string, z.ZodType> {
  return Object.fromEntries(fieldNamesOf(type).map((name) => [name, z.unknown().optional()]));
}

const containerSchema = () =>
  z.strictObject({
    ...fieldsOf('V1Container'),
    name: nameSchema,
    image: z.string().nullish(),
    command: z.array(z.string()).nullish(),
    args: z.array(z.string()).nullish(),
    env: z
      .array(
        z
          .looseObject({ name: nameSchema, value: z.string().nullish() })
          .superRefine(({ name, value }, context) => refuseLongVariables({ [name]: value ?? '' }, context)),
      )
      .nullish(),
    securityContext: z
      .strictObject({
        ...fieldsOf('V1SecurityContext'),
        capabilities: z.looseObject({ add: z.array(z.string()).nullish() }).nullish(),
      })
      .nullish(),
    resources: z.looseObject({ limits: z.looseObject({}).nullish(), requests: z.looseObject({}).nullish() }).nullish(),
    ports: z.array(z.looseObject({})).nullish(),
    volumeMounts: z.array(z.looseObject({ name: nameSchema, mountPath: z.string() })).nullish(),
  });

const volumeSchema = z.looseObject({
  name: nameSchema.default('workspace'),
  hostPath: z.looseObject({ path: z.string() }).optional(),
  emptyDir: z.looseObject({}).optional(),
  projected: z.looseObject({ sources: z.array(z.looseObject({})).optional() }).optional(),
});

const podSecuritySchema = () =>
  z.strictObject({
    ...fieldsOf('V1PodSecurityContext'),
    supplementalGroups: z.array(z.number()).optional(),
    sysctls: z.array(z.looseObject({})).optional(),
  });

/** Validates only the fields that are merged or checked. The API server validates the rest. */
const podSchema = () =>
  z.strictObject({
    ...fieldsOf('V1Pod'),
    metadata: z
      .looseObject({ name: z.string(), namespace: z.string(), labels: textRecord, annotations: annotationsSchema.nullish() })
      .partial()
      .optional(),
    spec: z
      .strictObject({
        ...fieldsOf('V1PodSpec'),
        containers: z.array(containerSchema()).optional(),
        initContainers: z.array(containerSchema()).optional(),
        volumes: z.array(volumeSchema.extend({ name: nameSchema })).optional(),
        imagePullSecrets: namedList,
        tolerations: z.array(z.looseObject({})).optional(),
        nodeSelector: textRecord,
        securityContext: podSecuritySchema().optional(),
      })
      .optional(),
  });

/** Reads a `podSpec` in any form. @throws {SandpodError} `invalid-options`; the message contains the field and the form. */
export function readPodTemplate(source: ManifestSource<V1Pod>): PodTemplate {
  const { value, option, form } = readManifest(source, { option: 'podSpec', kind: 'Pod' });
  const origin = { option, form };
  if (value['spec'] === undefined && value['containers'] !== undefined) {
    const given = 'containers at the top level, which belong under spec';
    throw manifestError(origin, { field: '', expected: 'a Pod with metadata and spec', given });
  }
  refuseSnakeCase('V1Pod', value, origin);
  const pod = validateOptions(podSchema(), withoutNulls(value), nameOf(origin)) as unknown as V1Pod;
  refuseOwnership(pod, origin);
  const { name, namespace, labels = {}, annotations = {} } = pod.metadata ?? {};
  const { success, error } = podNameSchema.optional().safeParse(name);
  if (!success) {
    const expected = (error.issues[0]?.message ?? '').replace('expected ', '');
    throw manifestError(origin, { field: 'metadata.name', expected, given: JSON.stringify(name) });
  }
  return { ...origin, name, namespace, labels, annotations, spec: pod.spec ?? {} };
}

/** Reads a `volume` in any form. @throws {SandpodError} `invalid-options`; the message contains the field and the form. */
export function readWorkspaceVolume(source: ManifestSource<V1Volume>): WorkspaceVolume {
  const { value, option, form } = readManifest(source, { option: 'volume', kind: undefined });
  const origin = { option, form };
  refuseSnakeCase('V1Volume', value, origin);
  const volume = validateOptions(volumeSchema, withoutNulls(value), nameOf(origin)) as unknown as V1Volume;
  const sources = Object.keys(volume).filter((key) => key !== 'name');
  if (sources.length !== 1) {
    const given = sources.length === 0 ? 'no source' : sources.join(', ');
    throw manifestError(origin, { field: '', expected: 'one source, for example emptyDir', given });
  }
  return { ...origin, volume };
}

/** Returns the template's containers with their field paths, for messages. */
export function containersOf(spec: Partial<V1PodSpec>): { readonly container: V1Container; readonly field: string }[] {
  const lists = { containers: spec.containers, initContainers: spec.initContainers };
  return Object.entries(lists).flatMap(([list, containers = []]) =>
    containers.map((container, index) => ({ container, field: `spec.${list}[${index}]` })),
  );
}

/** Rejects fields that control who owns the pod and when it is deleted. */
function refuseOwnership({ metadata }: V1Pod, origin: ManifestOrigin): void {
  const { ownerReferences = [], finalizers = [], labels = {}, annotations = {} } = metadata ?? {};
  if (ownerReferences.length > 0)
    throw manifestError(origin, {
      field: 'metadata.ownerReferences',
      expected: 'none, because a lease owns the pod',
      given: 'some',
    });
  if (finalizers.length > 0)
    throw manifestError(origin, { field: 'metadata.finalizers', expected: 'none, because they would keep an expired pod', given: 'some' });
  for (const [field, record] of Object.entries({ labels, annotations })) {
    const reserved = Object.keys(record).find(isReservedName);
    if (reserved === undefined) continue;
    throw manifestError(origin, { field: `metadata.${field}`, expected: 'no reserved name', given: reserved });
  }
}

/** Rejects a field name in snake case. The API server would also reject such a name, but its message would not contain the correct name. */
function refuseSnakeCase(type: 'V1Pod' | 'V1Volume', value: unknown, origin: ManifestOrigin): void {
  const found = findSnakeCaseField(type, value);
  if (found === undefined) return;
  const { place, given, expected } = found;
  throw manifestError(origin, { field: place, expected, given: JSON.stringify(given) });
}

/** Removes `null` members, because `null` in YAML means that a field is not set. A `null` in a list is kept, and rejected later. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => (item === null ? item : withoutNulls(item)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => (member === null ? [] : [[key, withoutNulls(member)] as const])),
  );
}
