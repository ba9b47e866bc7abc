import { type CodeExecutor, SandpodError } from '@sandpod/core';
import { validateOptions } from '@sandpod/core/backend';
import type { LanguageModel } from 'ai';
import { z } from 'zod';
import { type AdapterOptions, adapterShape } from '../shared/adapter-options.ts';
import { customSchema, executorSchema, functionSchema } from '../shared/option-schemas.ts';
import type { Approve } from './approval.ts';
import { type ChatMessage, EXECUTOR, WRITER } from './chat-message.ts';
import type { DecideRetry } from './retry.ts';
import { findLanguage } from './select-blocks.ts';

/** What both halves of a chat need: which code runs, and how. */
export interface CodeRunnerOptions extends AdapterOptions {
  readonly executor: CodeExecutor;
  /** Asked before code runs; anything but a clear yes is a no. Default: code runs unasked. */
  readonly approve?: Approve | undefined;
  /** Languages that may run, by id or alias; blocks in others are not run and the writer is told. Default: all that the executor runs. */
  readonly languages?: readonly string[] | undefined;
  /** The language of a fence that names none. Default: such a block is not run. */
  readonly defaultLanguage?: string | undefined;
  /** Whose code runs, by the `source` of messages. Default: only the writer's. */
  readonly sources?: readonly string[] | undefined;
  /** Milliseconds for all blocks of one message, waiting and start-up excluded. Default: the executor's own limit. */
  readonly timeoutMs?: number | undefined;
}

/** True when the chat is over; asked after each message of the writer, before its code runs. */
export type Terminate = (state: {
  readonly message: ChatMessage;
  readonly messages: readonly ChatMessage[];
}) => boolean | PromiseLike<boolean>;

export interface CodeChatOptions extends CodeRunnerOptions {
  /** The code-writer: any model of the AI SDK. */
  readonly model: LanguageModel;
  /** What the writer is told besides its work and where its code runs. */
  readonly instructions?: string | undefined;
  /** How often the writer is asked at most. Default 10. */
  readonly maxRounds?: number | undefined;
  /** A text that ends the chat when a message of the writer holds it and no code to run, or a predicate. Default `TERMINATE`. */
  readonly terminate?: string | Terminate | undefined;
  /** Failures in a row after which the writer gets no further attempt. Default 3. */
  readonly maxFailures?: number | undefined;
  /** Asked after each failure below that limit. Default: always again, unless the run was cancelled. */
  readonly decideRetry?: DecideRetry | undefined;
}

const runnerShape = {
  ...adapterShape,
  executor: executorSchema,
  approve: functionSchema<Approve>().optional(),
  languages: z.array(z.string()).min(1).optional(),
  defaultLanguage: z.string().optional(),
  sources: z.array(z.string()).min(1).default([WRITER]),
} as const;

export const codeRunnerOptionsSchema = z.strictObject(runnerShape);

export const codeChatOptionsSchema = z.strictObject({
  ...runnerShape,
  model: customSchema<LanguageModel>(
    (value) => typeof value === 'string' || (typeof value === 'object' && value !== null),
    'a language model',
  ),
  instructions: z.string().default(''),
  maxRounds: z.int().min(1).default(10),
  terminate: z
    .union([z.string().min(1), customSchema<Terminate>((value) => typeof value === 'function', 'a text or a function')])
    .default('TERMINATE'),
  maxFailures: z.int().min(1).default(3),
  decideRetry: functionSchema<DecideRetry>().optional(),
});

type Checked = Pick<z.output<typeof codeRunnerOptionsSchema>, 'executor' | 'languages' | 'sources'>;

/** @throws {SandpodError} `invalid-options`; also for a language that the executor does not know, and for running what code printed. */
export function readOptions<Options extends Checked>(schema: z.ZodType<Options>, options: unknown): Options {
  const valid = validateOptions(schema, options, 'chat');
  const { executor, languages = [], sources } = valid;
  const known = executor.capabilities.languages;
  const unknown = languages.find((name) => findLanguage(known, name) === undefined);
  if (unknown !== undefined)
    throw invalid(`languages: expected some of ${known.map(({ id }) => id).join(', ')}, given ${JSON.stringify(unknown)}`);
  if (sources.includes(EXECUTOR)) throw invalid(`sources: expected names other than ${EXECUTOR}, whose messages hold what code printed`);
  return valid;
}

function invalid(message: string): SandpodError {
  return new SandpodError({ code: 'invalid-options', message: `${message}.` });
}
