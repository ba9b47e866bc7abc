import type { CodeResult } from '@sandpod/core';
import { generateText, type LanguageModel, Output } from 'ai';
import { z } from 'zod';
import type { ChatMessage } from './chat-message.ts';
import { toModelMessages } from './to-model-messages.ts';

/** Code that failed. */
export interface Failure {
  readonly result: CodeResult;
  /** Failures in a row, this one included. */
  readonly attempt: number;
  readonly messages: readonly ChatMessage[];
  readonly abortSignal?: AbortSignal | undefined;
}

export interface RetryDecision {
  readonly retry: boolean;
  /** One sentence. */
  readonly reason: string;
}

/** Decides after a failure whether the writer may try again. */
export type DecideRetry = (failure: Failure) => RetryDecision | PromiseLike<RetryDecision>;

/** Always again, unless the run was cancelled. */
export function retryUnlessCancelled({ result, attempt }: Failure): RetryDecision {
  if (result.outcome === 'cancelled') return { retry: false, reason: result.reason ?? 'The run was cancelled.' };
  return { retry: true, reason: `Attempt ${attempt} ended as ${result.outcome}.` };
}

const decisionSchema = z.object({
  reason: z.string().describe('Why, in one sentence: what went wrong, and what could be done differently.'),
  retry: z.boolean().describe('True when other code could solve it.'),
});

/** Lets a model decide, as structured output: it reads the conversation and says why. */
export function decideRetryWith(model: LanguageModel): DecideRetry {
  return async ({ messages, abortSignal }) => {
    const { output } = await generateText({
      model,
      instructions: 'Code of this conversation failed. Decide whether it is worth another attempt with other code.',
      messages: toModelMessages([
        ...messages,
        { source: 'user', text: 'Is another attempt worth it? Answer with a reason and yes or no.' },
      ]),
      output: Output.object({ schema: decisionSchema }),
      ...(abortSignal ? { abortSignal } : {}),
    });
    return output;
  };
}
