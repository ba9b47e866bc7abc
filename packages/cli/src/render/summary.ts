import type { CodeResult } from '@sandpod/core';
import { formatDuration } from './format-duration.ts';
import { OUTCOME_ADVICE } from './outcome-advice.ts';

/** Summarizes the end of a run in one line. `total` is the number of blocks to run. */
export function summarize(result: CodeResult, total: number): string {
  const duration = formatDuration(result.durationMs);
  if (result.outcome === 'ok') {
    const ending = `ok, ${total} ${total === 1 ? 'block' : 'blocks'} in ${duration}`;
    return result.reason === undefined ? ending : `${ending}. ${asSentence(result.reason)}`;
  }
  const parts = [
    `${result.outcome}${where(result, total)} after ${duration}.`,
    asSentence(result.reason),
    OUTCOME_ADVICE[result.outcome],
    notRun(result, total),
  ];
  return parts.filter(Boolean).join(' ');
}

function where(result: CodeResult, total: number): string {
  const language = result.blocks.at(-1)?.language;
  if (total < 2 || language === undefined) return '';
  return ` in block ${result.blocks.length} of ${total} (${language})`;
}

function notRun(result: CodeResult, total: number): string {
  const count = total - Math.max(result.blocks.length, 1);
  if (count < 1) return '';
  return count === 1 ? 'The block after it was not run.' : `The ${count} blocks after it were not run.`;
}

function asSentence(text: string | undefined): string {
  if (!text) return '';
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
