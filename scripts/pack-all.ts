/** `node scripts/pack-all.ts`: packs every public package into `packed`, for projects outside of this repository. Build the packages first. */
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { INSTALLED } from './packed/check-weight.ts';
import { packPackages } from './packed/pack-packages.ts';

const root = join(import.meta.dirname, '..');
const target = join(root, 'packed');
const directory = await mkdtemp(join(tmpdir(), 'sandpod-pack-'));
try {
  const tarballs = await packPackages(root, directory);
  await rm(target, { recursive: true, force: true });
  await mkdir(target);
  for (const { file } of tarballs) await cp(file, join(target, basename(file)));
  const defaults = tarballs.filter(({ manifest }) => INSTALLED.includes(manifest.name));
  console.log(`packed ${tarballs.length} packages. In another project:`);
  console.log(`npm install ${defaults.map(({ file }) => join(target, basename(file))).join(' ')}`);
} finally {
  await rm(directory, { recursive: true, force: true });
}
