/** Node loads its HTTP client when one of these is first read. */
const WEB_GLOBALS = ['fetch', 'Headers', 'Request', 'Response', 'FormData', 'WebSocket', 'EventSource', 'MessageEvent', 'CloseEvent'];

/** Removes what a worker thread never needs: it has no network, and Node would take 50 ms to load its client for it. */
export function removeWebGlobals(): void {
  for (const name of WEB_GLOBALS) Reflect.deleteProperty(globalThis, name);
}
