/** Kinds of processes that outlive their program. They are started in different ways, or are hard to end for different reasons. */
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
