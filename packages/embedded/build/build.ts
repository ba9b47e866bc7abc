/** Builds `dist`: bundles the modules, and copies the interpreters and their licenses, so that the package needs no other package. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { bundleModules } from './bundle-modules.ts';
import { copyEngines } from './copy-engines.ts';
import { writeLicenses } from './write-licenses.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

cpSync(join(root, 'src/javascript/guest'), join(dist, 'javascript/guest'), { recursive: true });
await copyEngines(dist);
const bundled = await bundleModules(root);
writeLicenses(root, bundled);
await import('../src/python/prepare-main.ts');
