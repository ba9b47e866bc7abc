import { expect, test } from 'vitest';
import { mergeCreateOptions } from './merge-create-options.ts';

test('labels of sandpod win, even over labels that were not refused before', () => {
  const ours = { Labels: { 'sandpod.expires': '5' } };
  const theirs = { Labels: { 'sandpod.expires': 'never', team: 'a' } };
  expect(mergeCreateOptions(ours, theirs).Labels).toEqual({ 'sandpod.expires': '5', team: 'a' });
});
