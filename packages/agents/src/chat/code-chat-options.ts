import { type CodeExecutor, findLanguage, SandpodError } from '@sandpod/core';
import { validateOptions } from '@sandpod/core/backend';
import type { LanguageModel } from 'ai';
import { z } from 'zod';
import { type AdapterOptions, adapterShape } from '../shared/adapter-options.ts';
import { customSchema, executorSchema, functionSchema } from '../shared/option-schemas.ts';
import type { Approve } from './approval.ts';
import { type ChatMessage, EXECUTOR, WRITER } from './chat-message.ts';
import type { DecideRetry } from './retry.ts';

/** Options that control which code runs, and how it runs. */
export interface CodeRunnerOptions extends AdapterOptions {
  readonly executor: CodeExecutor;
  /**
   * Called before code runs. The code runs only if this function returns `true` or `{ approved: true }`. Default: code runs without
   * approval.
   */
  readonly approve?: Approve | undefined;
  /**
   * Languages that may run, by id or alias. Blocks in other languages are skipped, and the reply to the writer lists them. Default: all
   * languages that the executor runs.
   */
  readonly languages?: readonly string[] | undefined;
  /** Language of code fences without a language. Default: such blocks are skipped. */
  readonly defaultLanguage?: string | undefined;
  /** The `source` of messages whose code runs. Default: only the writer's messages. */
  readonly sources?: readonly string[] | undefined;
  /** Time limit in milliseconds for all blocks in a message together. Queueing and start-up do not count. Default: the executor's limit. */
  readonly timeoutMs?: number | undefined;
}

/** Returns true to end the chat. Called after each message from the writer, before its code runs. */
export type Terminate = (state: {
  readonly message: ChatMessage;
  readonly messages: readonly ChatMessage[];
}) => boolean | PromiseLike<boolean>;

export interface CodeChatOptions extends CodeRunnerOptions {
  /** The model that writes the code: any AI SDK model. */
  readonly model: LanguageModel;
  /** Instructions for the writer, added to the description of its task and of the executor. */
  readonly instructions?: string | undefined;
  /** Maximum number of requests to the writer. Default 10. */
  readonly maxRounds?: number | undefined;
  /**
   * The condition that ends the chat: a predicate, or a text in the writer's message. The text counts only if that message contains no code
   * to run. Default `TERMINATE`.
   */
  readonly terminate?: string | Terminate | undefined;
  /** Number of consecutive failures after which the writer may not try again. Default 3. */
  readonly maxFailures?: number | undefined;
  /** Called after each failure until `maxFailures` is reached. Default: always try again, unless the run was cancelled. */
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

/**
 * Validates the options.
 *
 * @throws {SandpodError} `invalid-options`, for example if the executor does not support one of the languages, or if `sources` contains
 * `executor`.
 */
export function readOptions<Options extends Checked>(schema: z.ZodType<Options>, options: unknown): Options {
  const valid = validateOptions(schema, options, 'chat');
  const { executor, languages = [], sources } = valid;
  const known = executor.capabilities.languages;
  const unknown = languages.find((name) => findLanguage(known, name) === undefined);
  if (unknown !== undefined)
    throw invalid(`languages: expected languages from the list ${known.map(({ id }) => id).join(', ')}, given ${JSON.stringify(unknown)}`);
  if (sources.includes(EXECUTOR))
    throw invalid(`sources: expected names other than ${EXECUTOR}, whose messages contain the output of code`);
  return valid;
}

function invalid(message: string): SandpodError {
  return new SandpodError({ code: 'invalid-options', message: `${message}.` });
}
