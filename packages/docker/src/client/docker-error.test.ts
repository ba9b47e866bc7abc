import { SandpodError } from '@sandpod/core';
import { describe, expect, it } from 'vitest';
import { toSandpodError } from './docker-error.ts';

describe('an error from the daemon', () => {
  it('keeps its message', () => {
    const error = toSandpodError({ statusCode: 400, json: { message: 'invalid thing' }, message: '(HTTP code 400)' }, 'do it');
    expect(error).toMatchObject({ code: 'start-failed', message: 'Docker could not do it: invalid thing', isRetryable: false });
  });

  it('with a server status is retryable', () => {
    expect(toSandpodError({ statusCode: 503, message: 'busy' }, 'do it').isRetryable).toBe(true);
  });

  it.each(['ECONNREFUSED', 'ENOENT', 'ENOTFOUND', 'EHOSTUNREACH'])('%s means that it cannot be reached', (code) => {
    const error = toSandpodError(Object.assign(new Error(`connect ${code}`), { code }), 'do it');
    expect(error).toMatchObject({
      code: 'transport',
      message: expect.stringContaining('cannot be reached'),
      advice: expect.stringContaining('DOCKER_HOST'),
    });
  });

  it('EACCES names the group', () => {
    const error = toSandpodError(Object.assign(new Error('connect EACCES'), { code: 'EACCES' }), 'do it');
    expect(error.advice).toContain('docker group');
  });

  it('that is a SandpodError stays as is', () => {
    const ours = new SandpodError({ code: 'unsupported', message: 'no' });
    expect(toSandpodError(ours, 'do it')).toBe(ours);
  });
});
