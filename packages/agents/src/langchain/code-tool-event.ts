import type { ExecutionEvent } from '@sandpod/core';
import { cleanLine, TextCleaner } from '../shared/index.ts';

/** An event that a code tool streams while it runs. Output has no terminal codes. */
export type CodeToolEvent =
  | { readonly type: 'status'; readonly phase: string; readonly message: string }
  | { readonly type: 'stdout'; readonly text: string }
  | { readonly type: 'stderr'; readonly text: string }
  /** The streaming limit was reached. The result still contains the end of the output. */
  | { readonly type: 'omitted' };

/** The form of an event in `streamMode: 'custom'` and in `streamEvents`, where events of all tools are mixed. */
export type CodeToolChunk = CodeToolEvent & { readonly tool: string; readonly toolCallId: string | undefined };

/** Maximum number of characters streamed, so that a flood of output does not fill the reader's memory. */
const MAX_STREAMED_CHARACTERS = 256 * 1024;

/** Converts the events of a run to events of the tool. */
export class CodeToolEvents {
  readonly #cleaners = { stdout: new TextCleaner(), stderr: new TextCleaner() };
  #remaining = MAX_STREAMED_CHARACTERS;

  /** Converts an event. Returns undefined if the tool has nothing to report. */
  convert(event: ExecutionEvent): CodeToolEvent | undefined {
    if (event.type === 'status') return { type: 'status', phase: event.progress.phase, message: cleanLine(event.progress.message) };
    return event.type === 'stdout' || event.type === 'stderr' ? this.#convertOutput(event) : undefined;
  }

  #convertOutput({ type, text }: { readonly type: 'stdout' | 'stderr'; readonly text: string }): CodeToolEvent | undefined {
    if (this.#remaining < 0) return undefined;
    const clean = this.#cleaners[type].push(text);
    if (clean === '') return undefined;
    this.#remaining -= clean.length;
    return this.#remaining < 0 ? { type: 'omitted' } : { type, text: clean };
  }
}
