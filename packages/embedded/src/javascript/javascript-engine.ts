import { type EngineParts, loadEngineParts } from './engine-parts.ts';
import { type EngineSnapshot, takeEngineSnapshot } from './engine-snapshot.ts';

/** QuickJS with the basics of Node already loaded. Can be posted to worker threads, which then share the code and the memory image. */
export interface JavascriptEngine extends EngineParts {
  readonly image: EngineSnapshot;
}

/** Finds and compiles the engine and takes its memory image: some 100 ms, so once for a process. @throws {Error} When the package is missing. */
export async function loadJavascriptEngine(): Promise<JavascriptEngine> {
  const parts = await loadEngineParts();
  return { ...parts, image: await takeEngineSnapshot(parts) };
}
