import { expect, test } from 'vitest';
import { HiddenShell } from './hidden-shell.ts';

test('copies that are being made are awaited once, and used directly afterwards', () => {
  const shell = new HiddenShell({ directory: '/hidden', isAwaited: true });
  expect(shell.argv[0]).toBe('sh');
  shell.found();
  expect([shell.argv[0], shell.argv.at(-1)]).toEqual(['/hidden/sh', '/hidden']);
  expect(new HiddenShell({ directory: '/hidden', isAwaited: false }).argv).toEqual(shell.argv);
});
