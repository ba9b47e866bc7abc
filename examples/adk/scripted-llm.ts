import { BaseLlm, type BaseLlmConnection, type LlmResponse } from '@google/adk';

/** A model that returns scripted answers, so that the example runs without an API key. */
export class ScriptedLlm extends BaseLlm {
  readonly #answers: string[];

  constructor(answers: readonly string[]) {
    super({ model: 'scripted' });
    this.#answers = [...answers];
  }

  override async *generateContentAsync(): AsyncGenerator<LlmResponse, void> {
    yield { content: { role: 'model', parts: [{ text: this.#answers.shift() ?? '' }] } };
  }

  override connect(): Promise<BaseLlmConnection> {
    throw new Error('This model does not support live sessions.');
  }
}
