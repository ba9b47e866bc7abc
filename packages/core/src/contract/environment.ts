import type { Limits } from './limits.ts';

/** The kind of a name: a module that code imports, a program that a shell calls, or a feature of a language or of the sandbox. */
export type EnvironmentKind = 'module' | 'command' | 'feature';

/** Names that programs can use in a sandbox. */
export interface Provided {
  readonly kind: EnvironmentKind;
  /** Id of the language. Absent for all languages. */
  readonly language?: string;
  readonly names: readonly string[];
}

/** Names that programs often use and that a sandbox lacks. */
export interface Lack extends Provided {
  /** One sentence. Messages from the sandbox that contain this sentence, without its period, are about this lack. */
  readonly reason: string;
  /** One sentence about what to use instead. */
  readonly instead?: string;
}

/** What programs find and do not find in the sandboxes of a back end, as plain data. Lists are complete unless a docstring says otherwise. */
export interface Environment {
  /** A few sentences for a model that writes code. They are part of every tool description. */
  readonly summary: string;
  readonly provides: readonly Provided[];
  /**
   * The most common missing names, not all. `network` is the feature of a network that programs cannot reach. The name `*` stands for all
   * modules or commands that neither list contains.
   */
  readonly lacks: readonly Lack[];
  readonly limits: Limits;
}
