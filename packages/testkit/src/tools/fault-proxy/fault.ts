/** `up` is towards the server, `down` towards the client. */
export type Direction = 'up' | 'down';

/** After how much, in one direction, something happens; what is absent does not count, and without both it happens at once. */
export interface FaultMoment {
  /** Bytes of a body, or of a web socket behind its handshake. */
  readonly afterBytes?: number | undefined;
  /** Milliseconds from the beginning of the answer. */
  readonly afterMs?: number | undefined;
  /** Where `afterBytes` are counted. Default `down`. */
  readonly direction?: Direction | undefined;
}

/** What happens to one request instead of, or to, its answer. */
export type Fault =
  /** The proxy answers by itself; the server never hears of it. */
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /** The connection breaks; the request never arrives. */
  | { readonly kind: 'reset' }
  /** The request never arrives, nobody answers, and the connection stays open. */
  | { readonly kind: 'silence' }
  /** The server does what was asked, and the answer is lost. */
  | { readonly kind: 'lose-answer' }
  /** The request arrives later. */
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** The connection breaks in the middle, without a close frame. */
  | ({ readonly kind: 'cut' } & FaultMoment)
  /** Web sockets only: the client gets a close frame in the middle; what the server sends afterwards is lost. */
  | ({ readonly kind: 'close'; readonly code?: number } & FaultMoment)
  /** The connection stays open, and nothing passes any more. */
  | ({ readonly kind: 'freeze' } & FaultMoment)
  /** Upgraded connections only: one on which nothing passes for so long is cut, as load balancers do. */
  | { readonly kind: 'idle'; readonly idleMs: number }
  /** Bodies and web sockets are slow, in both directions unless one is named. */
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number; readonly direction?: Direction };

/** Milliseconds from the beginning of the answer until the fault, or undefined where only bytes count. */
export function momentMs(fault: Fault | undefined): number | undefined {
  if (fault?.kind !== 'cut' && fault?.kind !== 'close' && fault?.kind !== 'freeze') return undefined;
  return fault.afterMs ?? (fault.afterBytes === undefined ? 0 : undefined);
}

export interface FaultyRequest {
  readonly method: string;
  readonly url: URL;
  readonly isUpgrade: boolean;
}

/** Decides about every request; undefined lets it pass. */
export type ChooseFault = (request: FaultyRequest) => Fault | undefined;

/** The fault for the first requests of each kind, `keyOf` saying which kind one is of; undefined is never hit. */
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
