// The library reads `Atomics` while it loads. The engine has none, and programs must not see a replacement.
globalThis.Atomics = {};
