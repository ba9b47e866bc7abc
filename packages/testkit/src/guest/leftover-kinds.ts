/** Kinds of processes that outlive their program. They differ in how they are started or how they resist being ended. */
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
