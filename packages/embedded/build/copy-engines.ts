import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { engineFile } from '../src/package-files.ts';

const ENGINES = [
  'quickjs-wasi/quickjs.wasm',
  'quickjs-wasi/url.so',
  'quickjs-wasi/encoding.so',
  'quickjs-wasi/structured-clone.so',
  'jq-wasm/jq.wasm',
];

/** Copies the WebAssembly files of the engines that need no preparation. */
export async function copyEngines(dist: string): Promise<void> {
  await mkdir(join(dist, 'engines'), { recursive: true });
  for (const engine of ENGINES) await copyFile(engineFile(engine), join(dist, 'engines', basename(engine)));
}
