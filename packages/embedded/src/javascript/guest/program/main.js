import { callHost } from '../host.js';
import { hasTicks, takeTick } from '../modules/process.js';
import { takeDue, waitingTime } from '../modules/timers.js';
import { runMain } from './commonjs.js';
import { reportUncaught } from './uncaught.js';

function attempt(run) {
  try {
    run();
  } catch (error) {
    reportUncaught(error);
  }
}

/** Runs the program's file, then notifies the host. For a module, the host is notified when the promise of the import settles. */
export function startMain({ kind, filename }, source) {
  if (kind === 'commonjs') {
    attempt(() => runMain(filename, source));
    callHost('mainSettled');
    return;
  }
  import(filename).then(
    () => callHost('mainSettled'),
    (error) => {
      callHost('mainSettled');
      reportUncaught(error);
    },
  );
}

/** Runs the callbacks of `process.nextTick`. Returns their number. */
export function drainTicks() {
  let count = 0;
  for (; hasTicks(); count += 1) {
    const { callback, values } = takeTick();
    attempt(() => callback(...values));
  }
  return count;
}

/** Runs one timer or immediate. Returns 0 if something ran. Otherwise, returns the milliseconds to wait, or -1 if nothing is left. */
export function step() {
  const due = takeDue();
  if (!due) return waitingTime();
  attempt(() => due._callback(...due._values));
  return 0;
}
