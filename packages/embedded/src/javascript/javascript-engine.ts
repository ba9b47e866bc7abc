import { type EngineParts, loadEngineParts } from './engine-parts.ts';
import { type EngineSnapshot, takeEngineSnapshot } from './engine-snapshot.ts';

/** QuickJS with basic Node modules loaded. It can be posted to worker threads, which share the code and the memory image. */
export interface JavascriptEngine extends EngineParts {
  readonly image: EngineSnapshot;
}

/** Compiles the engine and takes its memory image. Takes about 100 ms, so do it once per process. @throws {Error} if the package is missing. */
export async function loadJavascriptEngine(): Promise<JavascriptEngine> {
  const parts = await loadEngineParts();
  return { ...parts, image: await takeEngineSnapshot(parts) };
}
