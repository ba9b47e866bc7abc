/** A protection of the threat model: how to remove it, and the tests of which at least one must fail then. */
export interface Protection {
  /** What is protected, in a few words. Unique. */
  readonly protects: string;
  /** The file that contains the protection. */
  readonly file: string;
  /** Text that occurs exactly once in the file. */
  readonly find: string;
  /** The text that removes the protection when it replaces `find`. */
  readonly replace: string;
  /** The file with the tests. */
  readonly test: string;
  /** Selects tests of that file. Default: all. */
  readonly name?: string | undefined;
}

type Removal = readonly [protects: string, find: string, replace: string];

/** Creates protections in one file that are tested by one file. */
export function removals(place: Pick<Protection, 'file' | 'test' | 'name'>, list: readonly Removal[]): Protection[] {
  return list.map(([protects, find, replace]) => ({ ...place, protects, find, replace }));
}
