import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { builtFile } from '../package-files.ts';
import type { EngineSnapshot } from './engine-snapshot.ts';

/** The build writes these files. They are the same for the sources and for the built package. */
const FOLDER = builtFile('javascript/prepared/');
const MEMORY = new URL('memory.bin', FOLDER);
const DETAILS = new URL('details.json', FOLDER);

/** Saves the memory of the prepared engine for later sandboxes. */
export function saveEngine({ snapshot: { memory, ...rest }, ...image }: EngineSnapshot): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(MEMORY, memory);
  writeFileSync(DETAILS, JSON.stringify({ ...image, snapshot: rest }));
}

/** Reads the engine that the build saved, into memory that worker threads can share. @throws {Error} if the package is not built. */
export function readSavedEngine(): EngineSnapshot {
  try {
    const saved = readFileSync(MEMORY);
    const memory = new Uint8Array(new SharedArrayBuffer(saved.length));
    memory.set(saved);
    const image = JSON.parse(readFileSync(DETAILS, 'utf8')) as EngineSnapshot;
    return { ...image, snapshot: { ...image.snapshot, memory } };
  } catch (error) {
    throw new Error('Expected the prepared JavaScript engine in the package @sandpod/embedded. The build of the package writes it.', {
      cause: error,
    });
  }
}
