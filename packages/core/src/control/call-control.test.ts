import { describe, expect, it } from 'vitest';
import { CallControl, cancelledByCaller } from './call-control.ts';

describe('CallControl', () => {
  it('latches the first cause', () => {
    using control = new CallControl();
    control.end({ kind: 'timeout', reason: 'late' });
    control.end({ kind: 'stopped', reason: 'later' });
    expect(control.cause).toEqual({ kind: 'timeout', reason: 'late' });
    expect(control.signal.reason).toBe(control.cause);
  });

  it('ends at once for a signal that has aborted already', () => {
    using control = new CallControl();
    control.follow(AbortSignal.abort('why'), cancelledByCaller);
    expect(control.cause).toMatchObject({ kind: 'cancelled', error: 'why' });
  });

  it('ends after the delay', async () => {
    using control = new CallControl();
    control.endAfter(5, { kind: 'timeout', reason: 'over' });
    await new Promise((resolve) => control.signal.addEventListener('abort', resolve));
    expect(control.cause?.kind).toBe('timeout');
  });

  it('forgets signals and timers when it is disposed of', () => {
    const caller = new AbortController();
    const control = new CallControl();
    control.follow(caller.signal, cancelledByCaller);
    control.endAfter(1, { kind: 'timeout', reason: 'over' });
    control[Symbol.dispose]();
    caller.abort();
    expect(control.cause).toBeUndefined();
  });
});
