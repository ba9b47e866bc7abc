import { describe, expect, it } from 'vitest';
import { closestName } from './closest-name.ts';

const KNOWN = ['timeoutMs', 'abortSignal', 'env', 'cwd', 'python', 'bash'];

describe('closestName', () => {
  it.each([
    ['timeout', 'timeoutMs'],
    ['timeoutMS', 'timeoutMs'],
    ['abortsignal', 'abortSignal'],
    ['abort', 'abortSignal'],
    ['environment', 'env'],
    ['pyhton', 'python'],
    ['pythn', 'python'],
    ['cdw', 'cwd'],
    ['Bash', 'bash'],
  ])('suggests for %s: %s', (name, closest) => {
    expect(closestName(name, KNOWN)).toBe(closest);
  });

  it.each(['', 'x', 'ruby', 'klingon', 'signal', 'e', 'x'.repeat(100_000)])('suggests nothing for %j', (name) => {
    expect(closestName(name, KNOWN)).toBeUndefined();
  });

  it('suggests nothing if no names are known', () => {
    expect(closestName('env', [])).toBeUndefined();
  });
});
