import { describe, expect, it } from 'vitest';
import { chooseModel } from './choose-model.ts';
import { loadModel } from './load-model.ts';

describe('chooseModel', () => {
  it.each<[string, Record<string, string>, object]>([
    ['nothing is set', {}, { info: { kind: 'scripted', name: 'scripted' } }],
    ['variables are empty', { OPENAI_API_KEY: '', OLLAMA_MODEL: '' }, { info: { kind: 'scripted', name: 'scripted' } }],
    [
      'there is a key for OpenAI',
      { OPENAI_API_KEY: 'k' },
      { info: { kind: 'openai-compatible', name: 'gpt-5-mini' }, apiKey: 'k', baseUrl: 'https://api.openai.com/v1' },
    ],
    [
      'there is a compatible service without a key',
      { OPENAI_BASE_URL: 'http://localhost:8000/v1/', OPENAI_MODEL: 'qwen' },
      { info: { kind: 'openai-compatible', name: 'qwen' }, baseUrl: 'http://localhost:8000/v1' },
    ],
    [
      'there is a key for Anthropic',
      { ANTHROPIC_API_KEY: 'k' },
      { info: { kind: 'anthropic', name: expect.stringMatching(/^claude-/) }, apiKey: 'k' },
    ],
    [
      'there is a key for Google',
      { GOOGLE_GENERATIVE_AI_API_KEY: 'k' },
      { info: { kind: 'google', name: expect.stringMatching(/^gemini-/) }, apiKey: 'k' },
    ],
    [
      'there is a model of Ollama',
      { OLLAMA_MODEL: 'qwen3' },
      { info: { kind: 'ollama', name: 'qwen3' }, baseUrl: 'http://127.0.0.1:11434' },
    ],
    ['several are set up: the first one', { ANTHROPIC_API_KEY: 'k', OPENAI_API_KEY: 'k' }, { info: { kind: 'openai-compatible' } }],
    [
      'a service is named',
      { SANDPOD_DEMO_MODEL: 'anthropic', ANTHROPIC_API_KEY: 'k', OPENAI_API_KEY: 'k' },
      { info: { kind: 'anthropic' } },
    ],
    [
      'a service and a model are named',
      { SANDPOD_DEMO_MODEL: 'google:gemini-x', GOOGLE_GENERATIVE_AI_API_KEY: 'k' },
      { info: { kind: 'google', name: 'gemini-x' } },
    ],
    ['a model with a colon is named', { SANDPOD_DEMO_MODEL: 'ollama:qwen3:8b' }, { info: { kind: 'ollama', name: 'qwen3:8b' } }],
    [
      'a model of the service that is set up is named',
      { SANDPOD_DEMO_MODEL: 'llama3:8b', OLLAMA_MODEL: 'x' },
      { info: { kind: 'ollama', name: 'llama3:8b' } },
    ],
    [
      'the scripted one is asked for',
      { SANDPOD_DEMO_MODEL: 'scripted', OPENAI_API_KEY: 'k' },
      { info: { kind: 'scripted', name: 'scripted' } },
    ],
  ])('when %s', (_, env, expected) => {
    expect(chooseModel(env)).toMatchObject(expected);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['a model that no service could have', { SANDPOD_DEMO_MODEL: 'gpt-x' }, /"gpt-x"/],
    ['OpenAI without a key', { SANDPOD_DEMO_MODEL: 'openai' }, /openai-compatible, but neither OPENAI_BASE_URL nor OPENAI_API_KEY is set/],
    [
      'Google without a key',
      { SANDPOD_DEMO_MODEL: 'google:g', OPENAI_API_KEY: 'k' },
      /google, but GOOGLE_GENERATIVE_AI_API_KEY is not set/,
    ],
    ['Ollama without a model', { OLLAMA_BASE_URL: 'http://localhost:1' }, /No model is chosen/],
    ['an address that is none', { OPENAI_BASE_URL: 'localhost:8000' }, /OPENAI_BASE_URL expects a URL/],
  ])('refuses %s', (_, env, message) => {
    expect(() => chooseModel(env)).toThrow(message);
  });
});

describe('loadModel', () => {
  it.each<[Record<string, string>, string, string]>([
    [{}, 'sandpod-demo', 'scripted'],
    [{ OPENAI_BASE_URL: 'http://localhost:1', OPENAI_MODEL: 'm' }, 'openai-compatible.chat', 'm'],
    [{ ANTHROPIC_API_KEY: 'k', SANDPOD_DEMO_MODEL: 'm' }, 'anthropic.messages', 'm'],
    [{ GOOGLE_GENERATIVE_AI_API_KEY: 'k', SANDPOD_DEMO_MODEL: 'm' }, 'google.generative-ai', 'm'],
    [{ OLLAMA_MODEL: 'm' }, 'ollama.chat', 'm'],
  ])('makes the model for %j', async (env, provider, modelId) => {
    const model = await loadModel(chooseModel(env));
    expect(model).toMatchObject({ specificationVersion: 'v4', provider, modelId });
  });
});
