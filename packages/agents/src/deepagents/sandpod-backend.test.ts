import { BaseSandbox } from 'deepagents';
import { expect, test } from 'vitest';
import { SandpodBackend } from './sandpod-backend.ts';

test('every method that deepagents builds on execute reads the output of commands as is', () => {
  const methods = Object.entries(Object.getOwnPropertyDescriptors(BaseSandbox.prototype));
  const made = methods.filter(([, { value }]) => String(value).includes('this.execute(')).map(([name]) => name);
  expect(made).toContain('read');
  expect(made.filter((name) => !Object.hasOwn(SandpodBackend.prototype, name))).toEqual([]);
});
