import { expect, test } from 'vitest';
import { LauncherRefusal } from './launcher-failure.ts';
import { toSandpodError } from './refusal-error.ts';

test('a refusal becomes an error with its code', () => {
  expect(toSandpodError(new LauncherRefusal('denied'), { path: 'a' })).toMatchObject({ code: 'permission-denied', details: { path: 'a' } });
});

test('a word that the launcher does not have is a transport error, also if every object has a property of that name', () => {
  for (const word of ['strange', 'constructor', 'valueof', 'tostring'])
    expect(toSandpodError(new LauncherRefusal(word))).toMatchObject({ code: 'transport' });
});

test('a workspace that may not be entered is named with its owner, if the launcher knows it', () => {
  const messageOf = (payload: string): unknown => (toSandpodError(new LauncherRefusal(payload)) as Error).message;
  const denied = "The sandbox's user has no permission to enter the workspace";
  expect(messageOf('workspace-denied drwx------ 2 0 7 4096 Nov 30 01:00 /w')).toBe(`${denied}, which belongs to 0:7 (drwx------).`);
  expect(messageOf('workspace-denied')).toBe(`${denied}.`);
  expect(messageOf('workspace-denied \u001b[31m')).toContain('unknown response');
});
