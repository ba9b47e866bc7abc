/** Prepares Python, so that no sandbox has to. The build runs this, and so does the demo, which runs sources. */
import { preparePython } from './prepare-python.ts';
import { savePython } from './saved-python.ts';

savePython(await preparePython());
