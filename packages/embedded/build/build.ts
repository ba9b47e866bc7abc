/** Builds `dist`: bundles the modules, and copies the interpreters and their licenses, so that the package needs no other package. */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { saveCompiledAdditions } from '../src/python/save-compiled-additions.ts';
import { bundleModules } from './bundle-modules.ts';
import { copyEngines } from './copy-engines.ts';
import { writeLicenses } from './write-licenses.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

for (const name of ['javascript/guest', 'python/zoneinfo/zones.bin']) cpSync(join(root, 'src', name), join(dist, name), { recursive: true });
await copyEngines(dist);
const bundled = await bundleModules(root);
writeLicenses(root, bundled);
mkdirSync(join(dist, 'python/additions'), { recursive: true });
await saveCompiledAdditions(pathToFileURL(join(dist, 'python/additions/compiled.json')));
