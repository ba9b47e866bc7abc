import { errorToWire, SandpodError, type WireError } from '@sandpod/core';
import { UsageError } from '../arguments/usage-error.ts';
import { EXIT_CODES, exitCodeOfError } from '../exit-code.ts';
import { toDocument } from './json-document.ts';
import type { OutputSink } from './output-sink.ts';
import { safeLine } from './safe-line.ts';

/** An error in the JSON document, with the fields of `SandpodError`. */
interface ErrorReport extends Omit<WireError, 'code'> {
  /** A code from `SandpodError`, or `usage`, `cancelled` or `internal`. */
  readonly code: WireError['code'] | 'usage' | 'cancelled' | 'internal';
}

interface ReportContext {
  readonly stdout: OutputSink;
  readonly stderr: OutputSink;
  readonly abortSignal: AbortSignal;
  readonly isJson: boolean;
  /** The command whose help the advice refers to, if known. */
  readonly command?: string | undefined;
}

/** Reports an error to the user; resolves with the exit code. */
export async function reportError(error: unknown, context: ReportContext): Promise<number> {
  // The caller reports failed streams.
  if (context.stdout.failure ?? context.stderr.failure) return EXIT_CODES.failed;
  const isCancelled = context.abortSignal.aborted;
  const report = isCancelled ? cancelledReport(context.abortSignal.reason) : describeError(error, context);
  if (context.isJson) await context.stdout.write(toDocument({ error: report }));
  else await context.stderr.write(`sandpod: ${safeLines(report.message)}${safeLines(report.advice)}`);
  if (isCancelled) return EXIT_CODES.cancelled;
  return error instanceof UsageError ? EXIT_CODES.usage : exitCodeOfError(error);
}

function safeLines(text: string): string {
  const lines = text.split('\n').map(safeLine).filter(Boolean);
  return lines.map((line) => `${line}\n`).join('');
}

function cancelledReport(reason: unknown): ErrorReport {
  const message = reason instanceof Error ? reason.message : 'Cancelled.';
  return { name: 'AbortError', code: 'cancelled', message, advice: '', isRetryable: true, details: {} };
}

function describeError(error: unknown, { command }: ReportContext): ErrorReport {
  if (SandpodError.isInstance(error)) return errorToWire(error);
  if (error instanceof UsageError) {
    const { name, message, advice = `See: sandpod ${command === undefined ? '' : `${command} `}--help` } = error;
    return { name, code: 'usage', message, advice, isRetryable: false, details: {} };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    name: 'Error',
    code: 'internal',
    message,
    advice: 'This is a bug in sandpod; please report it.',
    isRetryable: false,
    details: {},
  };
}
