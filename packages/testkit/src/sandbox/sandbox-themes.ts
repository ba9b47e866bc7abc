import type { SandboxTheme } from './sandbox-test.ts';
import { cancelTheme } from './themes/cancel.ts';
import { claimTheme } from './themes/claim.ts';
import { concurrencyTheme } from './themes/concurrency.ts';
import { connectTheme } from './themes/connect.ts';
import { connectBytesTheme } from './themes/connect-bytes.ts';
import { detachTheme } from './themes/detach.ts';
import { endProcessesTheme } from './themes/end-processes.ts';
import { environmentTheme } from './themes/environment.ts';
import { extendTheme } from './themes/extend.ts';
import { faultsTheme } from './themes/faults.ts';
import { filesContentsTheme } from './themes/files-contents.ts';
import { filesDirectoriesTheme } from './themes/files-directories.ts';
import { filesPathsTheme } from './themes/files-paths.ts';
import { filesTextTheme } from './themes/files-text.ts';
import { isolationTheme } from './themes/isolation.ts';
import { kernelSurfaceTheme } from './themes/kernel-surface.ts';
import { lifecycleTheme } from './themes/lifecycle.ts';
import { limitsTheme } from './themes/limits.ts';
import { namesAndLabelsTheme } from './themes/names-and-labels.ts';
import { outputTheme } from './themes/output.ts';
import { providerDisposalTheme } from './themes/provider-disposal.ts';
import { runTheme } from './themes/run.ts';
import { sessionTheme } from './themes/session.ts';
import { signalTheme } from './themes/signal.ts';
import { stdinTheme } from './themes/stdin.ts';
import { timeoutTheme } from './themes/timeout.ts';

/** All themes of the sandbox suite, in the order in which they run. */
export const SANDBOX_THEMES: readonly SandboxTheme[] = [
  runTheme,
  outputTheme,
  stdinTheme,
  environmentTheme,
  filesContentsTheme,
  filesTextTheme,
  filesDirectoriesTheme,
  filesPathsTheme,
  timeoutTheme,
  cancelTheme,
  signalTheme,
  endProcessesTheme,
  limitsTheme,
  isolationTheme,
  kernelSurfaceTheme,
  lifecycleTheme,
  namesAndLabelsTheme,
  extendTheme,
  detachTheme,
  claimTheme,
  providerDisposalTheme,
  connectTheme,
  connectBytesTheme,
  sessionTheme,
  concurrencyTheme,
  faultsTheme,
];
