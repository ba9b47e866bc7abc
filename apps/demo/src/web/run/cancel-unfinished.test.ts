import { describe, expect, it } from 'vitest';
import type { DemoMessage } from '../../api-types.ts';
import { cancelUnfinished } from './cancel-unfinished.ts';
import { isRunPart, type RunOutputState, type RunPart } from './run-part.ts';

const input = { code: 'print(1)', language: 'python' };
const output: RunOutputState = {
  status: 'running',
  language: 'python',
  output: 'so far',
  stdout: 'so far',
  stderr: '',
  files: [],
  results: [],
};
const call = { type: 'tool-run_code', toolCallId: '1', input } as const;
const answer = (part: RunPart): DemoMessage => ({ id: '1', role: 'assistant', parts: [{ type: 'text', text: 'Look:' }, part] });
const runOf = (message: DemoMessage): RunPart | undefined => message.parts.find(isRunPart);

describe('cancelUnfinished', () => {
  it('ends a run that was still running, and keeps its output', () => {
    const cancelled = cancelUnfinished(answer({ ...call, state: 'output-available', output, preliminary: true }));
    expect(runOf(cancelled)).toMatchObject({ preliminary: false, output: { status: 'done', outcome: 'cancelled', output: 'so far' } });
  });

  it('ends a run without output', () => {
    const cancelled = cancelUnfinished(answer({ ...call, state: 'input-available' }));
    expect(runOf(cancelled)).toMatchObject({ state: 'output-available', output: { status: 'done', outcome: 'cancelled', output: '' } });
  });

  it('does not change finished runs, runs that wait for approval, and messages of the user', () => {
    const done = answer({ ...call, state: 'output-available', output: { ...output, status: 'done', outcome: 'ok' } });
    const asking = answer({ ...call, state: 'approval-requested', approval: { id: 'a' } });
    for (const message of [done, asking]) expect(cancelUnfinished(message)).toBe(message);
  });
});
