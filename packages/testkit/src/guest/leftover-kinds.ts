/** Kinds of processes that outlive their program, by the way they were started or resist being ended. */
export const LEFTOVER_KINDS = [
  'child',
  'double-forked',
  'own-session',
  'term-ignoring',
  'stopped',
  'forking',
  'without-environment',
] as const;
export type LeftoverKind = (typeof LEFTOVER_KINDS)[number];
