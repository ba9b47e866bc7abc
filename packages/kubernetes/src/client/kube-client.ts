import { channel } from 'node:diagnostics_channel';
import type { OutgoingHttpHeaders } from 'node:http';
import type { RequestOptions as HttpsOptions } from 'node:https';
import { SandpodError } from '@sandpod/core';
import type { Dispatcher } from 'undici';
import { credentialsOf } from './credentials.ts';
import { createDispatcher } from './dispatcher.ts';
import { describeCall, type KubeCall, KubeError } from './kube-error.ts';
import { contentTypeOf, METHODS, pathOf } from './kube-path.ts';
import type { KubeSettings } from './kube-settings.ts';
import { undici } from './libraries.ts';
import { retry } from './retry.ts';

export interface KubeRequest {
  readonly call: KubeCall;
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  readonly body?: unknown;
  readonly abortSignal?: AbortSignal | undefined;
  /** If true, an abort does not interrupt a request after it was sent, because the caller must know the request's effect. */
  readonly mustBeKnown?: boolean;
}

/** Time limit for the start of the server's response, in milliseconds. */
const ANSWER_MS = 30_000;
/** A watch without data for this many milliseconds counts as dead. The server ends a live watch earlier. */
const SILENCE_MS = 300_000;
/** Time limit for a request whose effect must be known, in milliseconds. */
const KNOWN_WITHIN_MS = 15_000;

/** Milliseconds between two keep-alive frames on an idle exec connection. Proxies close connections without data after a few minutes. */
const KEEP_ALIVE_MS = 30_000;
/** Maximum number of different warnings that are kept. */
const MAX_WARNINGS = 20;

/** One request, as published on {@link REQUESTS}. */
export interface KubeRequestMessage {
  readonly client: KubeClient;
  readonly call: KubeCall;
}

/**
 * The diagnostics channel for requests to API servers. Every request is published before it is sent, including requests for web sockets.
 */
export const REQUESTS = 'sandpod.kubernetes.request';
const requests = channel(REQUESTS);

/**
 * Sends requests to one API server over persistent connections, which do not keep this process alive. Waits after 429 responses, and
 * retries reads and deletes.
 */
export class KubeClient implements Disposable {
  readonly settings: KubeSettings;
  /** Milliseconds between two keep-alive frames on an idle exec connection. */
  readonly keepAliveMs: number;
  readonly #warnings = new Set<string>();
  /** The time of the server's last response, as a `performance.now()` value. */
  answeredMs = 0;
  #clock: { readonly serverMs: number; readonly atMs: number } | undefined;
  #dispatcher: { readonly key: string; readonly value: Dispatcher } | undefined;

  constructor(settings: KubeSettings, options: { readonly keepAliveMs?: number | undefined } = {}) {
    this.settings = settings;
    this.keepAliveMs = options.keepAliveMs ?? KEEP_ALIVE_MS;
  }

  /** Returns the server's warnings so far, without duplicates. They may, for example, concern Pod Security. */
  get warnings(): readonly string[] {
    return [...this.#warnings];
  }

  /**
   * Returns the server's time in milliseconds since the epoch, accurate to the second. The timestamps of all objects come from the server's
   * clock. This process's clock may be wrong, and is used only until a response has a `Date` header.
   */
  serverTimeMs(): number {
    return this.#clock === undefined ? Date.now() : this.#clock.serverMs + performance.now() - this.#clock.atMs;
  }

  /** Sends a request and returns the decoded JSON response. */
  async json<T>(options: KubeRequest): Promise<T> {
    const response = await retry({ ...options, renew: this.settings.renew }, () => this.#once(options));
    return (await response.body.json()) as T;
  }

  /** Sends a request and returns the response body as a stream, for watches and logs. */
  async stream(options: KubeRequest): Promise<AsyncIterable<Uint8Array>> {
    const response = await retry({ ...options, renew: this.settings.renew }, () => this.#once(options));
    return response.body;
  }

  [Symbol.dispose](): void {
    void this.#dispatcher?.value.destroy();
    this.#dispatcher = undefined;
  }

  async #once(options: KubeRequest): Promise<Dispatcher.ResponseData> {
    const { call, query = {}, body, abortSignal, mustBeKnown = false } = options;
    abortSignal?.throwIfAborted();
    this.publish(call);
    const url = this.url(call, query);
    const { dispatcher, headers } = await this.#authenticate();
    const response = await undici()
      .request(url, {
        method: METHODS[call.verb],
        dispatcher,
        headers: { ...headers, accept: 'application/json', ...(body === undefined ? {} : { 'content-type': contentTypeOf(call) }) },
        body: body === undefined ? null : JSON.stringify(body),
        signal: mustBeKnown ? AbortSignal.timeout(KNOWN_WITHIN_MS) : (abortSignal ?? null),
        headersTimeout: ANSWER_MS,
        bodyTimeout: SILENCE_MS,
      })
      .catch((error: unknown) => {
        if (!mustBeKnown) abortSignal?.throwIfAborted();
        throw unreachable(call, url, error);
      });
    for (const warning of [response.headers['warning'] ?? []].flat()) if (this.#warnings.size < MAX_WARNINGS) this.#warnings.add(warning);
    this.answeredMs = performance.now();
    this.#readClock(response);
    if (response.statusCode < 300) return response;
    const retryAfterMs = Number(response.headers['retry-after'] ?? Number.NaN) * 1_000;
    throw new KubeError({
      call,
      status: response.statusCode,
      body: await response.body.text(),
      retryAfterMs,
      source: this.settings.source,
    });
  }

  /** Publishes a request on {@link REQUESTS} if the channel has subscribers. */
  publish(call: KubeCall): void {
    if (requests.hasSubscribers) requests.publish({ client: this, call } satisfies KubeRequestMessage);
  }

  #readClock({ headers }: Dispatcher.ResponseData): void {
    const serverMs = Date.parse(String(headers['date']));
    if (!Number.isNaN(serverMs)) this.#clock = { serverMs, atMs: performance.now() };
  }

  url(call: KubeCall, query: NonNullable<KubeRequest['query']> = {}): URL {
    const url = new URL(`${this.settings.server.replace(/\/$/, '')}${pathOf(call)}`);
    for (const [name, value] of Object.entries(query)) {
      for (const item of Array.isArray(value) ? value : [value]) if (item !== undefined) url.searchParams.append(name, String(item));
    }
    return url;
  }

  async #authenticate(): Promise<{ dispatcher: Dispatcher; headers: OutgoingHttpHeaders }> {
    const options = await this.tlsOptions();
    const key = JSON.stringify([options.ca, options.cert, options.key, options.rejectUnauthorized, options.servername].map(String));
    if (this.#dispatcher?.key !== key) {
      void this.#dispatcher?.value.close();
      this.#dispatcher = { key, value: createDispatcher(options, this.settings) };
    }
    return { dispatcher: this.#dispatcher.value, headers: { ...options.headers } as OutgoingHttpHeaders };
  }

  /** Reads the current credentials, as TLS options and headers. */
  tlsOptions(): Promise<HttpsOptions> {
    return credentialsOf(this.settings);
  }
}

function unreachable(call: KubeCall, url: URL, error: unknown): SandpodError {
  const why = error instanceof Error ? error.message : String(error);
  return new SandpodError({
    code: 'transport',
    message: `The API server at ${url.origin} did not answer (${describeCall(call)}): ${why}`,
    advice: 'Check that the cluster is up and that the configuration contains the right server, for example with "sandpod doctor".',
    cause: error,
  });
}
