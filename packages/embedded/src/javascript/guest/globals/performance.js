const engine = globalThis.performance;
let startedMs = 0;

/** The clock of a program. That of the engine started when the build saved its memory. */
export const performance = {
  timeOrigin: 0,
  now() {
    return engine.now() - startedMs;
  },
};

export function startClock() {
  startedMs = engine.now();
  performance.timeOrigin = Date.now();
}
