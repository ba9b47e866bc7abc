import { expect, test } from 'vitest';
import { LauncherRefusal } from './launcher-failure.ts';
import { toSandpodError } from './refusal-error.ts';

test('a refusal becomes an error with its code', () => {
  expect(toSandpodError(new LauncherRefusal('denied'), { path: 'a' })).toMatchObject({ code: 'invalid-path', details: { path: 'a' } });
});

test('a word that the launcher does not have is a transport error, also if every object has a property of that name', () => {
  for (const word of ['strange', 'constructor', 'valueof', 'tostring'])
    expect(toSandpodError(new LauncherRefusal(word))).toMatchObject({ code: 'transport' });
});
