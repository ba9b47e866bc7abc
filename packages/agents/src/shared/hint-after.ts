import type { Environment, Lack, Outcome } from '@sandpod/core';

/** Errors are at the end of the output. The limit keeps the search fast for any output. */
const SEARCHED_CHARACTERS = 4_000;

type Place = Pick<Lack, 'kind' | 'language'>;

/** Messages of systems and programs about a network that they cannot reach. */
const NO_NETWORK =
  /name resolution|Name or service not known|could not resolve host|bad address '|Network is unreachable|getaddrinfo E[A-Z_]+|No matching distribution found/gi;

/** Messages of interpreters and shells about a name that they cannot find. */
const MISSING_NAMES: readonly { readonly pattern: RegExp; readonly place: Place; readonly name?: string }[] = [
  { pattern: /No module named '?([\w.]{1,100})/g, place: { kind: 'module', language: 'python' } },
  { pattern: /Cannot find (?:module|package) '((?:@[\w.-]{1,100}\/)?\w[\w.-]{0,99})/g, place: { kind: 'module', language: 'javascript' } },
  { pattern: /\bnode:([\w/]{1,100}) is not available/g, place: { kind: 'module', language: 'javascript' } },
  { pattern: /(?<![\w.+-])([\w.+-]{1,100}): command not found/g, place: { kind: 'command' } },
  { pattern: /(?:^(?:a|da)?sh|: (?:line )?\d{1,9}): ([\w.+-]{1,100}): not found$/gm, place: { kind: 'command' } },
  { pattern: NO_NETWORK, place: { kind: 'feature' }, name: 'network' },
  { pattern: /\/bin\/([\w.+-]{1,100}): No such file or directory/g, place: { kind: 'command' } },
];

/** Returns the advice of {@link hintAfter} for a run that failed. Otherwise, or without an environment, returns an empty text. */
export function hintNote(output: string, run: { readonly outcome: Outcome; readonly environment: Environment | undefined }): string {
  return run.outcome === 'failed' && run.environment !== undefined ? hintAfter(output, run.environment) : '';
}

/**
 * Returns advice for a model if a program failed because its sandbox lacks something, otherwise an empty text. The advice is text from the
 * environment. It contains nothing from the output, because a guest controls the output.
 */
export function hintAfter(output: string, environment: Environment): string {
  const end = output.slice(-SEARCHED_CHARACTERS);
  const lack = missingName(end, environment) ?? mentionedFeature(end, environment);
  return lack === undefined ? '' : ['Hint:', lack.reason, lack.instead].filter(Boolean).join(' ');
}

/** Finds the name in the last message about a missing name. */
function missingName(output: string, environment: Environment): Lack | undefined {
  const matches = MISSING_NAMES.flatMap(({ pattern, place, name: fixed }) =>
    [...output.matchAll(pattern)].map(({ 1: name = '', index }) => ({ name: fixed ?? name, index, place })),
  );
  const last = matches.toSorted((first, second) => second.index - first.index)[0];
  return last && lackOf(last.name, { place: last.place, environment });
}

function lackOf(name: string, { place, environment }: { readonly place: Place; readonly environment: Environment }): Lack | undefined {
  const isHere = ({ kind, language }: Place): boolean => kind === place.kind && language === place.language;
  const candidates = [name, name.split('.')[0] ?? name];
  if (environment.provides.some((entry) => isHere(entry) && entry.names.some((known) => candidates.includes(known)))) return undefined;
  const entries = environment.lacks.filter(isHere);
  return [...candidates, '*'].map((wanted) => entries.find(({ names }) => names.includes(wanted))).find((entry) => entry !== undefined);
}

/** Finds the missing feature whose reason the output contains, because messages of the sandbox contain the reason. */
function mentionedFeature(output: string, { lacks }: Environment): Lack | undefined {
  const text = output.toLowerCase();
  return lacks.find(
    ({ kind, reason, instead }) => kind === 'feature' && instead !== undefined && text.includes(reason.slice(0, -1).toLowerCase()),
  );
}
