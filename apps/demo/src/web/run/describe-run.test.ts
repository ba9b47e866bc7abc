import { OUTCOMES } from '@sandpod/core';
import { describe, expect, it } from 'vitest';
import { describeRun } from './describe-run.ts';
import type { RunOutputState, RunPart } from './run-part.ts';

const input = { code: 'print(1)', language: 'python' };
const LIVE = { isLive: true, isReachable: true, isLast: true };
const ENDED = { ...LIVE, isLive: false };
const empty = { status: 'done', language: 'python', output: '', stdout: '', stderr: '', files: [], results: [] } as const;

function ended(output: Partial<RunOutputState>): RunPart {
  return { type: 'tool-run_code', toolCallId: '1', state: 'output-available', input, output: { ...empty, ...output } };
}

describe('describeRun', () => {
  it('has words for every outcome, and calls only ok good', () => {
    for (const outcome of OUTCOMES) {
      const { label, tone } = describeRun(ended({ outcome, exitCode: outcome === 'failed' ? 3 : null }), ENDED);
      expect(label).not.toBe('');
      expect(tone === 'good').toBe(outcome === 'ok');
    }
  });

  it('never calls an end without an outcome ok', () => {
    expect(describeRun(ended({}), ENDED).tone).toBe('bad');
  });

  it('gives the exit code, and the advice of a failure of the platform', () => {
    expect(describeRun(ended({ outcome: 'failed', exitCode: 7 }), ENDED).label).toBe('exit code 7');
    const failure = { code: 'image-pull', message: 'No such image.', advice: 'Check the name.', isRetryable: false };
    expect(describeRun(ended({ failure }), ENDED)).toMatchObject({ tone: 'bad', reason: 'No such image.', advice: 'Check the name.' });
  });

  it('calls a run interrupted that did not end, when nothing can come any more', () => {
    const running = ended({ status: 'running' });
    expect(describeRun(running, LIVE)).toMatchObject({ tone: 'busy', label: 'running' });
    expect(describeRun(running, ENDED)).toMatchObject({ tone: 'muted', label: 'interrupted' });
  });

  it('says of code that never began that it was not run', () => {
    const asking: RunPart = { type: 'tool-run_code', toolCallId: '1', state: 'approval-requested', input, approval: { id: 'a' } };
    const half: RunPart = { type: 'tool-run_code', toolCallId: '1', state: 'input-streaming', input };
    expect(describeRun(asking, ENDED)).toMatchObject({ tone: 'waiting' });
    for (const [part, situation] of [
      [asking, { ...ENDED, isReachable: false }],
      [asking, { ...ENDED, isLast: false }],
      [half, ENDED],
    ] as const)
      expect(describeRun(part, situation)).toMatchObject({ label: 'not run', reason: expect.stringContaining('it was not run') });
  });

  it('reads the server’s error document', () => {
    const errorText = JSON.stringify({ error: { code: 'x', message: 'It broke.', advice: 'Mend it.' } });
    const part: RunPart = { type: 'tool-run_code', toolCallId: '1', state: 'output-error', input, errorText };
    expect(describeRun(part, ENDED)).toEqual({ tone: 'bad', label: 'could not run', reason: 'It broke.', advice: 'Mend it.' });
  });
});
