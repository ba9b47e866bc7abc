import type { ExecutorTheme } from './executor-test.ts';
import { blocksTheme } from './themes/blocks.ts';
import { cancelTheme } from './themes/cancel.ts';
import { concurrencyTheme } from './themes/concurrency.ts';
import { faultsTheme } from './themes/faults.ts';
import { fileNamesTheme } from './themes/file-names.ts';
import { functionsTheme } from './themes/functions.ts';
import { functionsSetupTheme } from './themes/functions-setup.ts';
import { guestTroubleTheme } from './themes/guest-trouble.ts';
import { hostileGuestsTheme } from './themes/hostile-guests.ts';
import { isolationTheme } from './themes/isolation.ts';
import { kernelTheme } from './themes/kernel.ts';
import { languagesTheme } from './themes/languages.ts';
import { lifecycleTheme } from './themes/lifecycle.ts';
import { limitsTheme } from './themes/limits.ts';
import { optionsTheme } from './themes/options.ts';
import { outputTheme } from './themes/output.ts';
import { sandboxOwnershipTheme } from './themes/sandbox-ownership.ts';
import { timeoutTheme } from './themes/timeout.ts';
import { typescriptTheme } from './themes/typescript.ts';

/** All themes of the executor suite, in the order in which they run. */
export const EXECUTOR_THEMES: readonly ExecutorTheme[] = [
  languagesTheme,
  typescriptTheme,
  functionsTheme,
  functionsSetupTheme,
  blocksTheme,
  fileNamesTheme,
  optionsTheme,
  outputTheme,
  timeoutTheme,
  cancelTheme,
  limitsTheme,
  isolationTheme,
  lifecycleTheme,
  sandboxOwnershipTheme,
  concurrencyTheme,
  faultsTheme,
  guestTroubleTheme,
  kernelTheme,
  hostileGuestsTheme,
];
