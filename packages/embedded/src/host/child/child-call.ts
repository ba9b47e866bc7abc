/** A call from the parent that is still in progress. */
export interface ChildCall {
  /** The parent has read this many bytes. */
  grant?(bytes: number): void;
  /** The parent has sent bytes. */
  data?(payload: Uint8Array): void;
  /** The parent has sent all of its bytes. */
  end?(): void;
  cancel(): void;
}

/** The reply to a call. `result` and `failure` end the call; later calls to the reply are ignored. */
export interface ChildReply {
  started(): void;
  data(payload: Uint8Array, stream?: 'stdout' | 'stderr'): void;
  credit(bytes: number): void;
  result(value: unknown): void;
  failure(error: unknown): void;
}
