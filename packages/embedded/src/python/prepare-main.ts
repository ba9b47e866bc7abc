/** Part of the build: prepares Python, so that no sandbox has to. */
import { preparePython } from './prepare-python.ts';
import { savePython } from './saved-python.ts';

savePython(await preparePython());
