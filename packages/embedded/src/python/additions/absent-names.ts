import type { LackGroup } from '../../environment/listed-lacks.ts';
import { ABSENT_PYTHON_FUNCTIONS } from '../../environment/python-lacks.ts';
import type { LibraryAddition } from './library-addition.ts';

/**
 * Returns the code of the function that Python calls for a missing name. `os` is built into the interpreter, so the start-up code
 * adds the function to `os`.
 */
const missingNameOf = (module: string, groups: readonly LackGroup[]): string => `
def __getattr__(name, _reasons=${JSON.stringify(Object.fromEntries(groups.map(({ reason, names }) => [reason, names])))}):
    reason = next((f': {reason}' for reason, names in _reasons.items() if name in names), '')
    raise AttributeError(f"module '${module}' has no attribute {name!r}{reason}", name=name)
`;

/** Functions of the standard library that this build lacks. `hasattr` is false for them, and the error message contains the reason. */
export const ABSENT_NAMES: readonly LibraryAddition[] = [
  { module: 'signal', isAfterOriginal: true, code: missingNameOf('signal', ABSENT_PYTHON_FUNCTIONS.signal) },
  { module: '_sandpod_os', isAfterOriginal: false, code: missingNameOf('os', ABSENT_PYTHON_FUNCTIONS.os) },
];
