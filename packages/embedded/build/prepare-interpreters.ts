/** Prepares what a sandbox would otherwise prepare at every start. The build needs it, and so does the demo, which runs sources. */
import { join } from 'node:path';
import { bundleGuest } from './bundle-guest.ts';

const guestFiles = await bundleGuest(join(import.meta.dirname, '..'));
await import('../src/javascript/prepare-main.ts');
await import('../src/python/prepare-main.ts');

/** The files of the library of JavaScript programs, some of them from other packages. */
export const GUEST_FILES: readonly string[] = guestFiles;
