import type { LibraryAddition } from './library-addition.ts';

/** The module that `python3 -m pip` runs. Importing it fails as if pip were not installed. */
export const PIP_ADDITION: LibraryAddition = {
  module: 'pip',
  isAfterOriginal: false,
  code: `
if __name__ != '__main__':
    raise ModuleNotFoundError("No module named 'pip'", name='pip')
import sys
sys.exit('pip: this sandbox has no network and no package index; only the standard library of Python is available.')
`,
};
