import { SandpodError } from '@sandpod/core';
import type { PlainObject } from './plain-value.ts';

/** The forms of `podSpec` and `volume`: an object, a YAML or JSON text, a file path, or a `file:` URL. */
export type ManifestSource<Typed extends object> = Typed | Readonly<Record<string, unknown>> | string | URL;

/** The source of a manifest, for messages. */
export interface ManifestOrigin {
  /** The option that contains the manifest. */
  readonly option: 'podSpec' | 'volume';
  /** The form of the manifest, for example `the object`, `the YAML text` or `the file /etc/pod.yaml`. */
  readonly form: string;
}

export interface Manifest extends ManifestOrigin {
  readonly value: PlainObject;
}

/** Returns the name of a manifest in messages, for example `podSpec (the YAML text)`. */
export function nameOf({ option, form }: ManifestOrigin): string {
  return `${option} (${form})`;
}

/** A problem with one field of a manifest. */
export interface ManifestProblem {
  /** The path of the field, for example `spec.containers[0].image`; empty for the whole manifest. */
  readonly field: string;
  readonly expected: string;
  readonly given: string;
  /** The option that permits the field, for example `privileged: true`. */
  readonly permittedBy?: string | undefined;
  /** Default: advice to correct or remove the field. */
  readonly advice?: string | undefined;
}

/**
 * Creates an `invalid-options` error. The message contains the option, the form of the manifest, the field, and the option that would
 * permit the field.
 */
export function manifestError(origin: ManifestOrigin, problem: ManifestProblem, cause?: unknown): SandpodError {
  const { field, expected, given, permittedBy, advice } = problem;
  const where = field === '' ? nameOf(origin) : `${nameOf(origin)}, ${field}`;
  const permission = permittedBy === undefined ? '' : `; only the option ${permittedBy} permits it`;
  const what =
    permittedBy === undefined ? 'Correct the field.' : `Remove the field, or set ${permittedBy}; describe() then lists it as a weakness.`;
  return new SandpodError({
    code: 'invalid-options',
    message: `${where}: expected ${expected}, given ${given}${permission}.`,
    advice: advice ?? what,
    details: { ...problem, option: origin.option, form: origin.form },
    cause,
  });
}
