import type { z } from 'zod';
import { closestName } from './closest-name.ts';
import { showText, showValue } from './show-value.ts';

type Issue = z.core.$ZodIssue;

/** Describes why one field is invalid. */
export interface OptionProblem {
  /** For example `execute.files[0].path`. */
  readonly path: string;
  readonly expected: string;
  readonly given: string;
}

/**
 * Describes the expected and the given value.
 *
 * An issue message that starts with "expected" comes from a sandpod schema and is used as is.
 */
export function describeIssue(issue: Issue, options: { readonly value: unknown; readonly what: string }): OptionProblem {
  return { path: showPath(options.what, issue.path), expected: expectedOf(issue), given: givenOf(issue, options.value) };
}

/**
 * Returns the message for unknown keys, and undefined for other issues.
 *
 * Pass this function to zod as an error map, because the schema is not available later.
 */
export function expectKnownKeys(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'unrecognized_keys') return undefined;
  const definition = issue.inst?._zod.def as { readonly shape?: object } | undefined;
  const known = Object.keys(definition?.shape ?? {});
  const [key = ''] = issue.keys;
  const closest = closestName(key, known);
  return closest === undefined ? `expected one of ${known.join(', ')}` : `expected ${closest}`;
}

/** If the value partly matches one alternative of a union, returns the problems inside that alternative. */
export function nestedIssues(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.message.startsWith('expected ')) return [issue];
  const deeper = issue.errors.find((issues) => issues.some(({ path }) => path.length > 0));
  return deeper === undefined ? [issue] : deeper.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

function expectedOf(issue: Issue): string {
  if (issue.message.startsWith('expected ')) return issue.message.slice('expected '.length);
  if (issue.code === 'invalid_union') return unique(issue.errors.flat().map(expectedOf)).join(' or ');
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element') return unique(issue.issues.map(expectedOf)).join(' and ');
  if (issue.code === 'invalid_type') return issue.expected === 'int' ? 'a whole number' : withArticle(issue.expected);
  if (issue.code === 'invalid_value') return expectedValues(issue.values);
  if (issue.code === 'too_small')
    return `${bounded(issue.origin)} ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
  if (issue.code === 'too_big') return `${bounded(issue.origin)} ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
  return issue.message;
}

function expectedValues(values: readonly unknown[]): string {
  const shown = values.map((value) => (typeof value === 'string' ? showText(value) : String(value)));
  return shown.length === 1 ? (shown[0] ?? '') : `one of ${shown.join(', ')}`;
}

function bounded(origin: string): string {
  if (origin === 'string') return 'a string whose length is';
  if (origin === 'array' || origin === 'set') return 'a list whose length is';
  return 'a number of';
}

function givenOf(issue: Issue, value: unknown): string {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(showText).join(', ');
  if (issue.code === 'invalid_key') return `the name ${showText(String(issue.path.at(-1)))}`;
  return showValue(valueAt(value, issue.path), issue.path);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let inner = value;
  for (const key of path) inner = (inner as Record<PropertyKey, unknown> | null | undefined)?.[key];
  return inner;
}

function showPath(what: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((shown, key) => {
    if (typeof key === 'number') return `${shown}[${key}]`;
    return /^[A-Za-z_]\w{0,63}$/.test(String(key)) ? `${shown}.${String(key)}` : `${shown}[${showText(String(key))}]`;
  }, what);
}

function withArticle(type: string): string {
  if (type === 'record') return 'an object';
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
