import type { ExecutionEvent } from '@sandpod/core';
import { cleanLine, TextCleaner } from '../shared/index.ts';

/** What a code tool tells while it runs, in `streamMode: 'tools'`; output is cleaned of terminal codes. */
export type CodeToolEvent =
  | { readonly type: 'status'; readonly phase: string; readonly message: string }
  | { readonly type: 'stdout'; readonly text: string }
  | { readonly type: 'stderr'; readonly text: string }
  /** More output came than is streamed; the result has its end. */
  | { readonly type: 'omitted' };

/** Characters of output that are streamed, so that a flood does not fill the memory of whoever listens. */
const MAX_STREAMED_CHARACTERS = 256 * 1024;

/** Turns the events of one run into those of a tool. */
export class CodeToolEvents {
  readonly #cleaners = { stdout: new TextCleaner(), stderr: new TextCleaner() };
  #remaining = MAX_STREAMED_CHARACTERS;

  /** Undefined where there is nothing to tell. */
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
