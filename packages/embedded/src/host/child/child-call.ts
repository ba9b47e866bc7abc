/** A call of the parent that is not over yet. */
export interface ChildCall {
  /** The parent has taken bytes. */
  grant?(bytes: number): void;
  /** The parent sends bytes. */
  data?(payload: Uint8Array): void;
  /** The parent has sent all of its bytes. */
  end?(): void;
  cancel(): void;
}

/** How a call answers. `result` and `failure` end it; whatever is called afterwards is ignored. */
export interface ChildReply {
  started(): void;
  data(payload: Uint8Array, stream?: 'stdout' | 'stderr'): void;
  credit(bytes: number): void;
  result(value: unknown): void;
  failure(error: unknown): void;
}
