import { reasonsByName } from '../../environment/listed-lacks.ts';
import { ABSENT_PYTHON_MODULES } from '../../environment/python-lacks.ts';
import type { LibraryAddition } from './library-addition.ts';

/** Modules that exist in this build, and that fail because they import one of the missing modules. */
const FAILING_BY_THEMSELVES: readonly string[] = ['lzma', 'tty', 'pty'];

/** Modules of the standard library that this build lacks. An import fails as usual, and the message contains the reason. */
export const ABSENT_MODULES: readonly LibraryAddition[] = [...reasonsByName(ABSENT_PYTHON_MODULES)]
  .filter(([module]) => !FAILING_BY_THEMSELVES.includes(module))
  .map(([module, reason]) => ({
    module: module.replaceAll('.', '/'),
    isAfterOriginal: false,
    code: `raise ModuleNotFoundError("No module named '${module}': ${reason}", name='${module}')`,
  }));
