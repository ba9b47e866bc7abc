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
  it('has a label for every outcome, and only ok is good', () => {
    for (const outcome of OUTCOMES) {
      const { label, tone } = describeRun(ended({ outcome, exitCode: outcome === 'failed' ? 3 : null }), ENDED);
      expect(label).not.toBe('');
      expect(tone === 'good').toBe(outcome === 'ok');
    }
  });

  it('never reports an end without an outcome as ok', () => {
    expect(describeRun(ended({}), ENDED).tone).toBe('bad');
  });

  it('shows the exit code, and the advice for a platform failure', () => {
    expect(describeRun(ended({ outcome: 'failed', exitCode: 7 }), ENDED).label).toBe('exit code 7');
    const failure = { code: 'image-pull', message: 'No such image.', advice: 'Check the name.', isRetryable: false };
    expect(describeRun(ended({ failure }), ENDED)).toMatchObject({ tone: 'bad', reason: 'No such image.', advice: 'Check the name.' });
  });

  it('reports a run as interrupted if it has no end and no more events can arrive', () => {
    const running = ended({ status: 'running' });
    expect(describeRun(running, LIVE)).toMatchObject({ tone: 'busy', label: 'running' });
    expect(describeRun(running, ENDED)).toMatchObject({ tone: 'muted', label: 'interrupted' });
  });

  it('reports that code that never started did not run', () => {
    const asking: RunPart = { type: 'tool-run_code', toolCallId: '1', state: 'approval-requested', input, approval: { id: 'a' } };
    const half: RunPart = { type: 'tool-run_code', toolCallId: '1', state: 'input-streaming', input };
    expect(describeRun(asking, ENDED)).toMatchObject({ tone: 'waiting' });
    for (const [part, situation] of [
      [asking, { ...ENDED, isReachable: false }],
      [asking, { ...ENDED, isLast: false }],
      [half, ENDED],
    ] as const)
      expect(describeRun(part, situation)).toMatchObject({ label: 'not run', reason: expect.stringContaining('the code did not run') });
  });

  it('reads the server’s error document', () => {
    const errorText = JSON.stringify({ error: { code: 'x', message: 'It broke.', advice: 'Mend it.' } });
    const part: RunPart = { type: 'tool-run_code', toolCallId: '1', state: 'output-error', input, errorText };
    expect(describeRun(part, ENDED)).toEqual({ tone: 'bad', label: 'could not run', reason: 'It broke.', advice: 'Mend it.' });
  });
});
