import type { DemoMessage } from '../../api-types.ts';
import { describeRun } from '../run/describe-run.ts';
import { isRunPart, languageOf, outputOf } from '../run/run-part.ts';
import { formatLanguage } from '../ui/format.ts';

/**
 * Returns the text with which screen readers announce the newest message. It contains the message's state, but never the output of code.
 */
export function announce(messages: readonly DemoMessage[], isBusy: boolean): string {
  const last = messages.at(-1);
  if (last === undefined) return '';
  if (last.role === 'user') return isBusy ? 'The agent is answering.' : '';
  const run = last.parts.findLast(isRunPart);
  if (run === undefined) return isBusy ? 'The agent is writing.' : 'The agent has answered.';
  const { label, tone } = describeRun(run, { isLive: isBusy, isReachable: true, isLast: true });
  const output = outputOf(run);
  const count = (output?.files.length ?? 0) + (output?.omittedFiles ?? 0);
  const made = count === 0 ? '' : ` ${count} ${count === 1 ? 'file' : 'files'} made.`;
  return `${formatLanguage(languageOf(run))} code: ${label}.${made}${isBusy || tone === 'waiting' ? '' : ' The agent has answered.'}`;
}
