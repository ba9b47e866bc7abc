import type { Value } from './values.ts';

export type AwkList = Map<string, Value>;

/** A variable, which has a value, contains a list, or was never set. */
export class Variable {
  value: Value | AwkList;
  /**
   * The caller's variable, if it had no value when it was passed. If this variable becomes a list, the caller's variable becomes the same
   * list.
   */
  readonly #origin: Variable | undefined;

  constructor(value?: Value | AwkList, origin?: Variable) {
    this.value = value;
    this.#origin = origin;
  }

  /** Returns the list in this variable. Turns a variable without a value into an empty list. Returns undefined for a value. */
  list(): AwkList | undefined {
    if (this.value instanceof Map) return this.value;
    if (this.value !== undefined) return undefined;
    this.value = this.#origin?.list() ?? new Map<string, Value>();
    return this.value;
  }
}
