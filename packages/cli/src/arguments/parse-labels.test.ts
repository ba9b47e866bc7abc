import { expect, test } from 'vitest';
import { parseLabels } from './parse-labels.ts';

test('labels are split at the first equals sign, and the last value of a key wins', () => {
  expect(parseLabels(['team=data', 'run=a=b', 'empty=', 'team=web'])).toEqual({ team: 'web', run: 'a=b', empty: '' });
});

test.each(['', 'team', '=data'])('%j is rejected', (entry) => {
  expect(() => parseLabels([entry])).toThrow(`--label expects KEY=VALUE; got ${JSON.stringify(entry)}.`);
});
