import type { KubeClient } from './kube-client.ts';
import { type KubeCall, KubeError } from './kube-error.ts';
import { pause } from './pause.ts';

interface Metadata {
  readonly name?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
}

/** The part of an object that a watch needs. */
export interface Watchable {
  readonly metadata?: Metadata;
}

export type ObjectState<T> = { readonly type: 'present'; readonly object: T } | { readonly type: 'gone' };

type WatchEvent<T> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: T }
  | { readonly type: 'BOOKMARK' | 'ERROR'; readonly object?: undefined };

const RESUME_PAUSE_MS = 500;
/** The server ends a watch after this many seconds. Without this limit, a dead connection would go unnoticed. */
const WATCH_SECONDS = 240;

/**
 * Yields the current state of one object and then every change, until the caller leaves the loop.
 *
 * A watch ends from time to time, for example because the server no longer stores the version from which the watch starts (410). This
 * function then reads the object again, yields its state, and starts another watch.
 */
export async function* watchObject<T extends Watchable>(
  client: KubeClient,
  options: {
    readonly call: Omit<KubeCall, 'verb' | 'name'> & { readonly name: string };
    /** The object, if the server has just returned it. Saves a read. */
    readonly known?: T | undefined;
    readonly abortSignal?: AbortSignal | undefined;
  },
): AsyncGenerator<ObjectState<T>, void, void> {
  const { abortSignal } = options;
  for (let { known } = options; ; known = undefined) {
    const object = known ?? (await readObject<T>(client, options));
    if (object === undefined) yield { type: 'gone' };
    else yield { type: 'present', object };
    yield* follow<T>(client, { ...options, resourceVersion: object?.metadata?.resourceVersion });
    await pause(RESUME_PAUSE_MS, abortSignal);
  }
}

async function readObject<T>(
  client: KubeClient,
  options: { readonly call: Omit<KubeCall, 'verb'>; readonly abortSignal?: AbortSignal | undefined },
): Promise<T | undefined> {
  try {
    return await client.json<T>({ call: { ...options.call, verb: 'get' }, abortSignal: options.abortSignal });
  } catch (error) {
    if (error instanceof KubeError && error.status === 404) return undefined;
    throw error;
  }
}

async function* follow<T extends Watchable>(
  client: KubeClient,
  options: {
    readonly call: Omit<KubeCall, 'verb' | 'name'> & { readonly name: string };
    readonly resourceVersion: string | undefined;
    readonly abortSignal?: AbortSignal | undefined;
  },
): AsyncGenerator<ObjectState<T>, void, void> {
  const { name, ...collection } = options.call;
  const query = {
    watch: true,
    fieldSelector: `metadata.name=${name}`,
    resourceVersion: options.resourceVersion,
    allowWatchBookmarks: true,
    timeoutSeconds: WATCH_SECONDS,
  };
  try {
    const body = await client.stream({ call: { ...collection, verb: 'watch' }, query, abortSignal: options.abortSignal });
    for await (const event of eventsOf<T>(body)) {
      if (event.type === 'ERROR') return;
      if (event.object === undefined) continue;
      yield event.type === 'DELETED' ? { type: 'gone' } : { type: 'present', object: event.object };
    }
  } catch (error) {
    options.abortSignal?.throwIfAborted();
    if (error instanceof KubeError && error.status !== 410 && error.status < 500) throw error;
  }
}

/** The maximum size of one event; an object in etcd has at most 1.5 MiB. */
const MAX_LINE_BYTES = 8 * 1024 * 1024;

async function* eventsOf<T extends Watchable>(body: AsyncIterable<Uint8Array>): AsyncGenerator<WatchEvent<T>, void, void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE_BYTES) throw new Error('A watch event is too large.');
    for (const line of lines) if (line !== '') yield parseEvent<T>(line);
  }
}

/** Parses an event. @throws {Error} if the line is not an event, or is an event without an object. */
function parseEvent<T extends Watchable>(line: string): WatchEvent<T> {
  const { type, object } = Object(JSON.parse(line)) as { readonly type?: unknown; readonly object?: T | null };
  if (type === 'BOOKMARK' || type === 'ERROR') return { type };
  const isChange = type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED';
  if (isChange && object != null && typeof object.metadata?.name === 'string') return { type, object };
  throw new Error('A watch event is malformed.');
}
