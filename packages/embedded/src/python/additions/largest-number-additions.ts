import type { LibraryAddition } from './library-addition.ts';

/** `sys.maxsize` is that of a 64-bit machine. These modules pass it to C code, in which integers have 32 bits. */
export const LARGEST_NUMBER_ADDITIONS: readonly LibraryAddition[] = [
  {
    module: '_compression',
    isAfterOriginal: true,
    code: `
class sys:
    maxsize = 2**31 - 1
`,
  },
  {
    module: 'csv',
    isAfterOriginal: true,
    code: `
def field_size_limit(*new_limit, _original=field_size_limit):
    return _original(*(min(limit, 2**31 - 1) if isinstance(limit, int) else limit for limit in new_limit))
`,
  },
];
