/** Prepares the sources for sandboxes. The build does the same for the built package. */
import { SAVED_ADDITIONS } from './additions/saved-additions.ts';
import { saveCompiledAdditions } from './save-compiled-additions.ts';

await saveCompiledAdditions(SAVED_ADDITIONS);
