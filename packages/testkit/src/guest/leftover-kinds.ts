/** How a process that outlives its program was started, or how it resists being ended. */
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
