import { type EngineParts, loadEngineParts } from './engine-parts.ts';
import type { EngineSnapshot } from './engine-snapshot.ts';
import { readSavedEngine } from './saved-engine.ts';

/** QuickJS with basic Node modules loaded. It can be posted to worker threads, which share the code and the memory image. */
export interface JavascriptEngine extends EngineParts {
  readonly image: EngineSnapshot;
}

/** Compiles the engine and reads its memory image. Do it once per process. @throws {Error} if the package is missing or not built. */
export async function loadJavascriptEngine(): Promise<JavascriptEngine> {
  return { ...(await loadEngineParts()), image: readSavedEngine() };
}
