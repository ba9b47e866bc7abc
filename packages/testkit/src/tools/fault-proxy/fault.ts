/** `up` is the direction to the server, and `down` is the direction to the client. */
export type Direction = 'up' | 'down';

/**
 * The moment of a fault, in one direction. Conditions that are not set are ignored. If no condition is set, the fault happens immediately.
 */
export interface FaultMoment {
  /** Number of bytes of a body, or of a web socket after its handshake. */
  readonly afterBytes?: number | undefined;
  /** Milliseconds from the start of the response. */
  readonly afterMs?: number | undefined;
  /** The direction in which `afterBytes` are counted. Default `down`. */
  readonly direction?: Direction | undefined;
}

/** A fault in a request or in its response. */
export type Fault =
  /** The proxy itself responds, and the server does not receive the request. */
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /** The connection breaks, and the request never arrives. */
  | { readonly kind: 'reset' }
  /** The request never arrives, there is no response, and the connection stays open. */
  | { readonly kind: 'silence' }
  /** The server handles the request, but the response is lost. */
  | { readonly kind: 'lose-answer' }
  /** The request arrives later. */
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** The connection breaks at that moment, without a close frame. */
  | ({ readonly kind: 'cut' } & FaultMoment)
  /** Web sockets only: the client receives a close frame at that moment. Later messages from the server are lost. */
  | ({ readonly kind: 'close'; readonly code?: number } & FaultMoment)
  /** The connection stays open, but no more bytes pass. */
  | ({ readonly kind: 'freeze' } & FaultMoment)
  /** Upgraded connections only: breaks a connection that is idle for this long, as load balancers do. */
  | { readonly kind: 'idle'; readonly idleMs: number }
  /** Bodies and web sockets are slow, by default in both directions. */
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number; readonly direction?: Direction };

/**
 * Returns the number of milliseconds from the start of the response to the fault. Returns undefined if the fault does not depend on time.
 */
export function momentMs(fault: Fault | undefined): number | undefined {
  if (fault?.kind !== 'cut' && fault?.kind !== 'close' && fault?.kind !== 'freeze') return undefined;
  return fault.afterMs ?? (fault.afterBytes === undefined ? 0 : undefined);
}

export interface FaultyRequest {
  readonly method: string;
  readonly url: URL;
  readonly isUpgrade: boolean;
}

/** Chooses the fault for a request. Returns undefined if there is no fault. */
export type ChooseFault = (request: FaultyRequest) => Fault | undefined;

/**
 * Returns a function that injects the fault into the first `count` requests of each kind. `keyOf` returns the kind, or undefined if no
 * fault is to be injected.
 */
export function firstTimes(
  count: number,
  fault: Fault,
  keyOf: (request: FaultyRequest) => string | undefined = ({ method, url }) => `${method} ${url.pathname}`,
): ChooseFault {
  const seen = new Map<string, number>();
  return (request) => {
    const key = keyOf(request);
    if (key === undefined) return undefined;
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return times <= count ? fault : undefined;
  };
}
