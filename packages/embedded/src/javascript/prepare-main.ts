/** Loads the library of JavaScript programs, so that no sandbox has to. The build runs this. */
import { loadEngineParts } from './engine-parts.ts';
import { takeEngineSnapshot } from './engine-snapshot.ts';
import { saveEngine } from './saved-engine.ts';

saveEngine(await takeEngineSnapshot(await loadEngineParts()));
