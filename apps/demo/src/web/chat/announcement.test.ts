import { describe, expect, it } from 'vitest';
import type { DemoMessage } from '../../api-types.ts';
import type { RunPart } from '../run/run-part.ts';
import { announce } from './announcement.ts';

const input = { code: 'print(1)', language: 'python' };
const answer = (part: RunPart): DemoMessage => ({ id: '1', role: 'assistant', parts: [part] });

describe('announce', () => {
  it('does not report an answer as finished while it waits for the user', () => {
    const waiting = answer({ type: 'tool-run_code', toolCallId: '1', state: 'approval-requested', input, approval: { id: 'a' } });
    expect(announce([waiting], false)).toBe('Python code: waiting for approval.');
  });

  it('also counts the omitted files', () => {
    const files = [{ path: 'a.txt', size: 1, mediaType: 'text/plain' }];
    const output = { status: 'done', language: 'python', output: '', stdout: '', stderr: '', outcome: 'ok', files, results: [] } as const;
    const made = answer({
      type: 'tool-run_code',
      toolCallId: '1',
      state: 'output-available',
      input,
      output: { ...output, omittedFiles: 800 },
    });
    expect(announce([made], false)).toBe('Python code: ok. 801 files made. The agent has answered.');
  });
});
