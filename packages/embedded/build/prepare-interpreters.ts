/** Prepares what a sandbox would otherwise prepare at every start. The build needs it, and so does the demo, which runs sources. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleGuest, GUEST_BUNDLE } from './bundle-guest.ts';

const root = join(import.meta.dirname, '..');
const guestFiles = await bundleGuest(root);
await import('../src/javascript/prepare-main.ts');
// The saved memory contains the library.
rmSync(join(root, GUEST_BUNDLE));
await import('../src/python/prepare-main.ts');

/** The files of the library of JavaScript programs, some of them from other packages. */
export const GUEST_FILES: readonly string[] = guestFiles;
