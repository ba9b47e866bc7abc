import type { Value } from './values.ts';

export type AwkList = Map<string, Value>;

/** A variable: a value, a list, or nothing yet. */
export class Variable {
  value: Value | AwkList;
  /** The caller's variable, if it had no value when it was passed. If this becomes a list, it is the caller's list too. */
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
