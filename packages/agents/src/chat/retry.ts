import type { CodeResult } from '@sandpod/core';
import { generateText, type LanguageModel, Output } from 'ai';
import { z } from 'zod';
import type { ChatMessage } from './chat-message.ts';
import { toModelMessages } from './to-model-messages.ts';

/** A failed run. */
export interface Failure {
  readonly result: CodeResult;
  /** Number of consecutive failures, including this failure. */
  readonly attempt: number;
  readonly messages: readonly ChatMessage[];
  readonly abortSignal?: AbortSignal | undefined;
}

export interface RetryDecision {
  readonly retry: boolean;
  /** The reason, in one sentence. */
  readonly reason: string;
}

/** Decides whether the writer may try again after a failure. */
export type DecideRetry = (failure: Failure) => RetryDecision | PromiseLike<RetryDecision>;

/** Decides that the writer may try again, unless the run was cancelled. */
export function retryUnlessCancelled({ result, attempt }: Failure): RetryDecision {
  if (result.outcome === 'cancelled') return { retry: false, reason: result.reason ?? 'The run was cancelled.' };
  return { retry: true, reason: `Attempt ${attempt} ended with outcome ${result.outcome}.` };
}

const decisionSchema = z.object({
  reason: z.string().describe('Why, in one sentence: what went wrong and what could be done differently.'),
  retry: z.boolean().describe('True if different code could solve the task.'),
});

/** Creates a function that lets a model read the conversation and decide. The model's decision is structured output with a reason. */
export function decideRetryWith(model: LanguageModel): DecideRetry {
  return async ({ messages, abortSignal }) => {
    const { output } = await generateText({
      model,
      instructions: 'Code in this conversation failed. Decide whether another attempt with different code is worthwhile.',
      messages: toModelMessages([
        ...messages,
        { source: 'user', text: 'Is another attempt worthwhile? Answer with a reason and yes or no.' },
      ]),
      output: Output.object({ schema: decisionSchema }),
      ...(abortSignal ? { abortSignal } : {}),
    });
    return output;
  };
}
