import { ABSENT_MODULES } from './absent-modules.ts';
import { ABSENT_NAMES } from './absent-names.ts';
import { ASYNCIO_ADDITION } from './asyncio-addition.ts';
import { ERROR_ADDITION } from './error-addition.ts';
import { HASHLIB_ADDITION } from './hashlib-addition.ts';
import { LARGEST_NUMBER_ADDITIONS } from './largest-number-additions.ts';
import type { LibraryAddition } from './library-addition.ts';
import { SOCKET_ADDITION, URLLIB_ADDITION } from './network-additions.ts';
import { PIP_ADDITION } from './pip-addition.ts';
import { POSIX_ADDITION } from './posix-addition.ts';
import { FIRST_IMPORT_ADDITION, START_ADDITION } from './start-additions.ts';
import { SUBPROCESS_ADDITION } from './subprocess-addition.ts';
import { THREAD_POOL_ADDITION, THREADING_ADDITION } from './thread-additions.ts';
import { LOCALE_ADDITION, TIME_ADDITION, ZONEINFO_ADDITION } from './time-additions.ts';
import { GRP_ADDITION, PWD_ADDITION } from './user-additions.ts';

/** All code that sandpod adds to Python's standard library. */
export const ADDITIONS: readonly LibraryAddition[] = [
  START_ADDITION,
  FIRST_IMPORT_ADDITION,
  ERROR_ADDITION,
  POSIX_ADDITION,
  TIME_ADDITION,
  ASYNCIO_ADDITION,
  HASHLIB_ADDITION,
  ...LARGEST_NUMBER_ADDITIONS,
  LOCALE_ADDITION,
  SOCKET_ADDITION,
  URLLIB_ADDITION,
  SUBPROCESS_ADDITION,
  THREAD_POOL_ADDITION,
  THREADING_ADDITION,
  ZONEINFO_ADDITION,
  PWD_ADDITION,
  GRP_ADDITION,
  PIP_ADDITION,
  ...ABSENT_NAMES,
  ...ABSENT_MODULES,
];
