/** Builds `dist`: bundles the modules, and copies the interpreters and their licenses, so that the package needs no other package. */
import { join } from 'node:path';
import { bundleModules } from './bundle-modules.ts';
import { copyEngines } from './copy-engines.ts';
import { writeLicenses } from './write-licenses.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

await copyEngines(dist);
const { GUEST_FILES } = await import('./prepare-interpreters.ts');
const bundled = [...GUEST_FILES, ...(await bundleModules(root))];
writeLicenses(root, bundled);
