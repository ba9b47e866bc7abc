import type { CodeResult, Environment, ExecutionError, Outcome, OutputFile, RichResult } from '@sandpod/core';
import { quoteVisibly } from '@sandpod/core/text';
import { BoundedText } from './bounded-text.ts';
import { cleanCut, pushClean } from './clean-cut.ts';
import { cleanLine } from './clean-text.ts';
import { cutLines, cutText } from './cut-text.ts';
import { hintNote } from './hint-after.ts';
import { shortenTraces } from './shorten-traces.ts';

/** Default maximum number of output characters that a model reads: about 5,000 tokens. */
export const DEFAULT_MODEL_CHARACTERS = 20_000;
const MAX_FILES_NAMED = 50;
const MAX_LINE_CHARACTERS = 1_000;
/** The rest of a longer line is not cleaned, because it is cut anyway. */
const MAX_UNCLEAN_CHARACTERS = 10 * MAX_LINE_CHARACTERS;
const MAX_TRACEBACK_CHARACTERS = 100_000;

/** The parts of a `CodeResult` that the text reports. */
export type ReadableResult = Pick<CodeResult, 'outcome' | 'exitCode' | 'output' | 'reason' | 'stateLost'> & {
  readonly files: readonly Pick<OutputFile, 'path' | 'size' | 'mediaType' | 'reason'>[];
  /** Number of files that are not in `files`. Default 0. */
  readonly omittedFiles?: number;
  readonly results: readonly RichResult[];
  /** The blocks of the result. The text contains the error of the last block. */
  readonly blocks?: readonly { readonly error?: ExecutionError }[];
};

export interface ResultTextOptions {
  /** Maximum number of output characters; longer output is cut in the middle. Default 20,000. */
  readonly maxCharacters?: number | undefined;
  /** What programs find in the sandbox. If a program fails because something is missing, the text contains advice. Default: no advice. */
  readonly environment?: Environment | undefined;
}

/**
 * Writes a result as text for a model. The adapter's lines come first and the guest's output last, so that the model cannot mistake
 * output for a line from the adapter.
 */
export function resultText(result: ReadableResult, options: ResultTextOptions = {}): string {
  const body = bodyOf(result, options.maxCharacters ?? DEFAULT_MODEL_CHARACTERS);
  const output = result.outcome === 'failed' ? shortenTraces(body) : body;
  const hint = hintNote(output, { outcome: result.outcome, environment: options.environment });
  const lines = [verdict(result, output !== ''), hint, stateNote(result), filesNote(result)].filter(Boolean);
  return output === '' ? lines.join('\n') : `${lines.join('\n')}\nOutput:\n${output}`;
}

/** Advice for the model about each outcome. */
const ADVICE: Readonly<Record<Outcome, string>> = {
  ok: '',
  failed: '',
  timeout: 'Do less in one call, or make the code faster.',
  cancelled: 'The person or program in charge stopped the code; do not simply run it again.',
  'output-limit': 'Print less, or write to a file.',
  'memory-limit': 'Work on smaller pieces.',
  'disk-limit': 'Write less, or delete files that are no longer needed.',
  'cpu-limit': 'Compute less, or divide the work into smaller pieces.',
  evicted: 'Running it again may work.',
  'session-lost': 'Files and variables from earlier calls may be gone.',
  transport: 'It is not known how much of it ran; check before you run it again.',
  refused: 'Nothing was run.',
};

function verdict(result: ReadableResult, hasOutput: boolean): string {
  const { outcome, exitCode } = result;
  const reason = shortLine(result.reason ?? '');
  if (outcome === 'ok' || outcome === 'failed') return ownEnding({ outcome, exitCode, reason, hasOutput });
  const code = exitCode === null ? '' : ` (POSIX exit code: ${exitCode})`;
  const isLaterBlock = outcome === 'refused' && (result.blocks?.length ?? 0) > 1;
  const advice = isLaterBlock ? 'The blocks before it were run.' : ADVICE[outcome];
  const subject = isLaterBlock ? 'A block' : 'The code';
  const action = outcome === 'refused' ? 'was not run' : 'did not end by itself';
  return [`${subject} ${action}: ${outcome}${code}.`, reason, advice, hasOutput ? '' : 'There was no output.'].filter(Boolean).join(' ');
}

/** Describes the end of a program that ended by itself. Includes the reason only if it contains more information than the exit code. */
function ownEnding(ending: {
  readonly outcome: 'ok' | 'failed';
  readonly exitCode: number | null;
  readonly reason: string;
  readonly hasOutput: boolean;
}): string {
  const { outcome, exitCode, hasOutput } = ending;
  const reason = ending.reason === `The program exited with code ${exitCode}.` ? '' : ending.reason;
  const sentence = outcome === 'ok' ? 'The code ran' : 'The code ended with an error';
  const silence = outcome === 'ok' && reason === '' ? 'It printed nothing; print what you want to see.' : 'It printed nothing.';
  const code = exitCode === null ? '' : ` (POSIX exit code: ${exitCode})`;
  return [`${sentence}${code}.`, reason, hasOutput ? '' : silence].filter(Boolean).join(' ');
}

function stateNote({ stateLost, outcome }: ReadableResult): string {
  if (!stateLost || outcome === 'session-lost') return '';
  return 'The sandbox had to be replaced: files and variables from earlier calls are gone.';
}

function filesNote({ files, omittedFiles = 0 }: ReadableResult): string {
  if (files.length === 0) return '';
  const names = files
    .slice(0, MAX_FILES_NAMED)
    // Quoted, because a guest can choose a file name that reads like a line of this text.
    .map(({ path, mediaType, size }) => `${quoteVisibly(cutText(path, MAX_LINE_CHARACTERS))} (${shortLine(mediaType)}, ${size} bytes)`);
  const more = files.length + omittedFiles - names.length;
  return `Files created or changed: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

/** Returns the output, followed by results and errors that the back end reports separately. */
function bodyOf({ output, blocks = [], results }: ReadableResult, maxCharacters: number): string {
  const body = new BoundedText(maxCharacters);
  pushClean(body, { text: output.trimEnd(), maxCharacters });
  let added = 0;
  const add = (text: unknown): void => {
    added += typeof text === 'string' ? text.length + 1 : 1;
    const clean = typeof text === 'string' ? cleanCut(text.trimEnd(), maxCharacters).trimEnd() : '';
    const before = String(body);
    if (clean === '' || isLast(clean, before)) return;
    body.push(`${before === '' || before.endsWith('\n') ? '' : '\n'}${clean}`);
  };
  // The number of results has no limit, because code can create them in a loop.
  for (const { data } of results) {
    if (added >= maxCharacters) break;
    add(data['text/plain']);
  }
  const error = blocks.at(-1)?.error;
  if (error) add(error.traceback.length > 0 ? cutLines(error.traceback, MAX_TRACEBACK_CHARACTERS) : `${error.name}: ${error.value}`);
  return String(body).trimEnd();
}

/** Returns true if a text ends with these lines. For a search in the whole text, the time could grow with the product of the lengths. */
function isLast(lines: string, text: string): boolean {
  return text === lines || text.endsWith(`\n${lines}`);
}

function shortLine(text: string): string {
  return cutText(cleanLine(text.slice(0, MAX_UNCLEAN_CHARACTERS)), MAX_LINE_CHARACTERS).replaceAll('\n', ' ');
}
