import { expect, test } from 'vitest';
import { clearEnvironment } from './clear-environment.ts';

test('of the variables that Windows adds, only those that it needs itself remain', () => {
  const env = { SystemRoot: 'C:\\Windows', SYSTEMDRIVE: 'C:', windir: 'C:\\Windows', Path: 'C:\\bin', USERNAME: 'me', TEMP: 'C:\\Temp' };
  clearEnvironment(env);
  expect(env).toEqual({ SystemRoot: 'C:\\Windows', SYSTEMDRIVE: 'C:', windir: 'C:\\Windows' });
});
