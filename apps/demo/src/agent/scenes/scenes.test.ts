import { describe, expect, it } from 'vitest';
import { sceneScript } from '../scene-script.ts';
import type { CallReport } from '../turn.ts';
import { SCENES } from './all-scenes.ts';

function report(output: string, change: Partial<CallReport> = {}): CallReport {
  return { isDenied: false, isOk: true, text: `The code ran (POSIX exit code: 0).\nOutput:\n${output}`, output, ...change };
}

function ask(id: string, ...reports: readonly CallReport[]): { readonly text?: string; readonly code?: unknown } {
  return sceneScript({ request: SCENES.find((scene) => scene.id === id)!.prompt, reports });
}

describe('the text of a script', () => {
  it('is taken from the output of the run, not written in advance', () => {
    expect(ask('hanoi', report('Solved in 31 moves; the minimum is 31.')).text).toContain('**31 moves**');
    expect(ask('hanoi', report('Solved in 40 moves; the minimum is 31.')).text).toContain('not the shortest');
    expect(ask('chart', report('Most x: a with 1, of 2 in all.'), report('chart.svg shows 7 bars.')).text).toContain('**7 bars**');
  });

  it('fixes an error only if there was one', () => {
    const failed = { isOk: false, text: 'The code ended with an error (POSIX exit code: 1).' };
    const fixed = ask('fixed-error', report('Traceback (most recent call last):\nKeyError: 1', failed));
    expect(fixed).toMatchObject({ text: expect.stringContaining('`KeyError: 1`'), code: expect.anything() });
    expect(ask('fixed-error', report('average: 1.00'))).toEqual({ text: expect.stringContaining('not work as I expected') });
  });

  it.each(SCENES.map(({ id }) => id))('of %s reports that a run failed or was denied', (id) => {
    const lost = report('', { isOk: false, text: 'The code did not end by itself: memory-limit.' });
    expect(ask(id, lost)).toEqual({ text: expect.stringContaining('memory-limit') });
    expect(ask(id, report('', { isOk: false, isDenied: true }))).toEqual({ text: expect.stringContaining('because you denied it') });
  });

  it('of the long run reports its progress before the time limit', () => {
    const text = 'The code did not end by itself: timeout. It ran for longer than 60 s.';
    const output = '3 primes below 7\n5 primes below 12\n';
    expect(ask('long-run', report(output, { isOk: false, text })).text).toContain('5 primes below 12');
  });
});

it('finds a scene regardless of spaces in its prompt, and otherwise explains what it can do', () => {
  expect(sceneScript({ request: ' count  PRIME numbers until I stop you ', reports: [] }).code).toBeDefined();
  expect(sceneScript({ request: 'Count sheep.', reports: [] }).text).toContain('script, not a language model');
});
