/** Node loads its HTTP client when one of these is first read. */
const WEB_GLOBALS = ['fetch', 'Headers', 'Request', 'Response', 'FormData', 'WebSocket', 'EventSource', 'MessageEvent', 'CloseEvent'];

/**
 * Removes the global variables for web requests. A worker thread never needs them, because it has no network, and Node would take 50 ms to
 * load the client.
 */
export function removeWebGlobals(): void {
  for (const name of WEB_GLOBALS) Reflect.deleteProperty(globalThis, name);
}
