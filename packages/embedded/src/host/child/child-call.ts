/** A call from the parent that is still in progress. */
export interface ChildCall {
  /** Called when the parent has read `bytes` bytes. */
  grant?(bytes: number): void;
  /** Called after the parent has sent bytes. */
  data?(payload: Uint8Array): void;
  /** Called after the parent has sent all of its bytes. */
  end?(): void;
  cancel(): void;
}

/** Sends the reply to a call. `result` and `failure` end the call. Later calls to any of these methods are ignored. */
export interface ChildReply {
  started(): void;
  data(payload: Uint8Array, stream?: 'stdout' | 'stderr'): void;
  credit(bytes: number): void;
  result(value: unknown): void;
  failure(error: unknown): void;
}
