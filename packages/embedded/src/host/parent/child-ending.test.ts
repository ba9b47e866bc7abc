import { describe, expect, it } from 'vitest';
import { explainEnding } from './child-ending.ts';

const NATIVE_STACK = '----- Native stack trace -----\n\n 1: 0xb8ff00 node::OOMErrorHandler [/usr/local/bin/node]\n';

describe('explainEnding', () => {
  it.each([
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    'FATAL ERROR: invalid array length Allocation failed - JavaScript heap out of memory',
    'FATAL ERROR: invalid table size Allocation failed - JavaScript heap out of memory',
    'FATAL ERROR: v8::ArrayBuffer::NewBackingStore Array buffer allocation failed',
    '#\n# Fatal error in , line 0\n# Fatal JavaScript invalid size error 169220804 (see crbug.com/1201626)\n#',
    '#\n# Fatal process out of memory: Zone\n#',
    "terminate called after throwing an instance of 'std::bad_alloc'\n  what():  std::bad_alloc",
  ])('recognizes that memory could not be allocated: %j', (line) => {
    const ending = explainEnding({ observed: 'it was killed by SIGABRT', stderr: `<--- Last few GCs --->\n\n${line}\n${NATIVE_STACK}` });
    expect(ending).toEqual({ isOutOfMemory: true, reason: expect.stringContaining('memory') });
    expect(ending.reason).not.toMatch(/\/|SIGABRT/);
  });

  it('uses the reason of a child process that ended itself', () => {
    const stderr = 'sandpod: The sandbox expired after 300 ms.\n';
    expect(explainEnding({ observed: 'it was killed by SIGKILL', stderr })).toEqual({
      isOutOfMemory: false,
      reason: 'The sandbox expired after 300 ms.',
    });
  });

  it('shows one line of another error, without paths of this machine', () => {
    const stderr = `node:internal/modules/esm:1\n      throw new X()\nError [ERR_MODULE_NOT_FOUND]: Cannot find package 'x' imported from /home/me/a.js\n    at b (/home/me/b.js:1:2)\n`;
    expect(explainEnding({ observed: 'it exited with code 1', stderr }).reason).toBe(
      "The sandbox's child process has ended: it exited with code 1 (Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'x' imported from a.js).",
    );
    expect(explainEnding({ observed: 'it could not be started: spawn /usr/bin/node ENOENT', stderr: '' }).reason).toBe(
      "The sandbox's child process has ended: it could not be started: spawn node ENOENT.",
    );
    expect(explainEnding({ observed: 'it was killed by SIGKILL', stderr: NATIVE_STACK }).reason).toBe(
      "The sandbox's child process has ended: it was killed by SIGKILL.",
    );
  });
});
