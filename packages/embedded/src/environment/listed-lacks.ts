import type { EnvironmentKind, Lack } from '@sandpod/core';

/** Maps each reason to missing names, and to one sentence about what to use instead. A reason is a clause, for use after a colon. */
export interface LackGroup {
  readonly reason: string;
  readonly names: readonly string[];
  readonly instead?: string;
}

/** Splits a list of names, which is shorter than a list of literals. */
export function words(text: string): string[] {
  return text.split(' ');
}

/** Returns the public form of a list, in which each reason is a sentence. */
export function toLacks(groups: readonly LackGroup[], place: { readonly kind: EnvironmentKind; readonly language?: string }): Lack[] {
  return groups.map(({ reason, ...group }) => ({ ...place, ...group, reason: `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.` }));
}

/** Returns the reason for each name in a list. */
export function reasonsByName(groups: readonly LackGroup[]): ReadonlyMap<string, string> {
  return new Map(groups.flatMap(({ names, reason }) => names.map((name) => [name, reason])));
}
