import type { DemoMessage } from '../../api-types.ts';
import { isRunPart, languageOf, outputOf, type RunOutputState, type RunPart } from './run-part.ts';

/**
 * Marks unfinished runs as cancelled. Used after the user has stopped the answer and the page no longer reads it. The server ends these
 * runs.
 */
export function cancelUnfinished(message: DemoMessage): DemoMessage {
  if (!message.parts.some((part) => isRunPart(part) && isUnfinished(part))) return message;
  return { ...message, parts: message.parts.map((part) => (isRunPart(part) && isUnfinished(part) ? cancelled(part) : part)) };
}

function isUnfinished(part: RunPart): part is Extract<RunPart, { state: 'input-available' | 'output-available' }> {
  return part.state === 'input-available' || (part.state === 'output-available' && part.output.status !== 'done');
}

function cancelled(part: Extract<RunPart, { state: 'input-available' | 'output-available' }>): RunPart {
  const nothing: RunOutputState = {
    status: 'starting',
    language: languageOf(part),
    output: '',
    stdout: '',
    stderr: '',
    files: [],
    results: [],
  };
  const { progress: _, ...output } = outputOf(part) ?? nothing;
  const { type, toolCallId, input } = part;
  const end = { ...output, status: 'done', outcome: 'cancelled', exitCode: null, reason: 'Stopped by the user.' } as const;
  return { type, toolCallId, input, state: 'output-available', output: end, preliminary: false };
}
