import type { JSValueHandle, QuickJS } from 'quickjs-wasi';
import type { GuestExit } from '../guest/guest-contract.ts';
import type { GuestRun } from './guest-run.ts';
import { ProgramExit } from './guest-run.ts';
import type { UnhandledRejections } from './unhandled-rejections.ts';

/** Node's exit code for a top-level `await` that never settles. */
const unsettledAwait = 13;

interface GuestEntry {
  readonly start: JSValueHandle;
  readonly drainTicks: JSValueHandle;
  readonly step: JSValueHandle;
  readonly finish: JSValueHandle;
  readonly reportRejection: JSValueHandle;
}

function takeEntry(vm: QuickJS): GuestEntry {
  const entry = vm.global.getProp('__sandpod');
  const result = {
    start: entry.getProp('start'),
    drainTicks: entry.getProp('drainTicks'),
    step: entry.getProp('step'),
    finish: entry.getProp('finish'),
    reportRejection: entry.getProp('reportRejection'),
  };
  vm.evalCode('delete globalThis.__sandpod', 'sandpod:/start').dispose();
  return result;
}

function callForNumber(vm: QuickJS, callee: JSValueHandle, argument?: number): number {
  const values = argument === undefined ? [] : [vm.newNumber(argument)];
  return vm.callFunction(callee, vm.undefined, ...values).consume((handle) => (handle.isNumber ? handle.toNumber() : -1));
}

/** Runs a started program to its end: promise jobs, rejections and timers, in Node's order. */
export class ProgramRun {
  readonly #run: GuestRun;
  readonly #entry: GuestEntry;
  readonly #rejections: UnhandledRejections;

  constructor(run: GuestRun, rejections: UnhandledRejections) {
    this.#run = run;
    this.#rejections = rejections;
    this.#entry = takeEntry(run.vm);
  }

  /** Passes `settings` to the guest's `start` function. Returns when nothing is left to do. */
  execute(settings: object, source: string): GuestExit {
    const { vm } = this.#run;
    try {
      vm.callFunction(this.#entry.start, vm.undefined, vm.newString(JSON.stringify(settings)), vm.newString(source)).dispose();
      this.#loop();
      const code = this.#run.isMainSettled ? 0 : unsettledAwait;
      if (code === unsettledAwait) this.#warnUnsettled();
      return { exitCode: callForNumber(vm, this.#entry.finish, code) & 0xff };
    } catch (error) {
      if (error instanceof ProgramExit) return { exitCode: this.#run.exitCode ?? 1 };
      throw error;
    }
  }

  #warnUnsettled(): void {
    this.#run.context.writeOutput('stderr', new TextEncoder().encode('Warning: Detected unsettled top-level await\n'));
  }

  #loop(): void {
    const { vm, context } = this.#run;
    for (;;) {
      this.#drain();
      const waitMs = callForNumber(vm, this.#entry.step);
      if (waitMs < 0) return;
      if (waitMs > 0) context.sleep(waitMs);
    }
  }

  /** Runs ticks and then promise jobs, and repeats this until none are left. Then reports unhandled rejections. */
  #drain(): void {
    const { vm } = this.#run;
    let reason: JSValueHandle | undefined;
    do {
      reason?.dispose();
      while (callForNumber(vm, this.#entry.drainTicks) + vm.executePendingJobs() > 0);
      reason = this.#rejections.take();
      if (reason) vm.callFunction(this.#entry.reportRejection, vm.undefined, reason).dispose();
    } while (reason);
  }
}
