import { SandpodError } from '@sandpod/core';
import { describe, expect, it } from 'vitest';
import { DemoFailure } from './demo-failure.ts';
import { describeError } from './describe-error.ts';

describe('describeError', () => {
  it('passes on the messages of sandpod and the demo, with advice', () => {
    const disk = new SandpodError({ code: 'disk-full', message: 'No room.' });
    expect(describeError(disk)).toMatchObject({
      status: 507,
      isBug: false,
      error: { code: 'disk-full', advice: expect.stringMatching(/delete files/i) },
    });
    const busy = new DemoFailure({ code: 'session-busy', message: 'Busy.', advice: 'Wait.' });
    expect(describeError(busy)).toEqual({ status: 409, isBug: false, error: { code: 'session-busy', message: 'Busy.', advice: 'Wait.' } });
  });

  it('reports an unreachable platform', () => {
    const lost = new SandpodError({ code: 'start-failed', message: 'No node.' });
    expect(describeError(lost)).toMatchObject({ status: 503, error: { code: 'start-failed' } });
  });

  it.each([new Error('EACCES: /root/secret'), new TypeError('x is not a function'), 'text', undefined])(
    'reports nothing about %s',
    (error) => {
      const described = describeError(error);
      expect(described).toMatchObject({ status: 500, isBug: true, error: { code: 'internal' } });
      expect(JSON.stringify(described)).not.toMatch(/secret|function|text/);
    },
  );
});
