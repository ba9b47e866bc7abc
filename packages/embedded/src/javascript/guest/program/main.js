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

/** Runs the program's file. A module's promise tells the host when it is done. */
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

/** Runs what `process.nextTick` has collected; returns how much that was. */
export function drainTicks() {
  let count = 0;
  for (; hasTicks(); count += 1) {
    const { callback, values } = takeTick();
    attempt(() => callback(...values));
  }
  return count;
}

/** One timer or immediate. Returns 0 when something ran, the milliseconds to wait, or -1 when nothing is left. */
export function step() {
  const due = takeDue();
  if (!due) return waitingTime();
  attempt(() => due._callback(...due._values));
  return 0;
}
