import type { ModelChoice } from './choose-model.ts';
import { sceneScript } from './scene-script.ts';
import { type DemoModel, ScriptedModel } from './scripted-model.ts';

/** Loads the chosen model. The package of a service is loaded only if the service is used. */
export async function loadModel(choice: ModelChoice): Promise<DemoModel> {
  const { info } = choice;
  if (!isReal(choice)) return new ScriptedModel({ name: info.name, script: sceneScript });
  const { apiKey, baseUrl } = choice;
  const settings = { ...(apiKey ? { apiKey } : {}), ...(baseUrl ? { baseURL: baseUrl } : {}) };
  switch (choice.info.kind) {
    case 'anthropic':
      return (await import('@ai-sdk/anthropic')).createAnthropic(settings)(info.name);
    case 'google':
      return (await import('@ai-sdk/google')).createGoogle(settings)(info.name);
    default:
      return loadCompatible(choice);
  }
}

type RealChoice = Extract<ModelChoice, { info: { kind: Exclude<ModelChoice['info']['kind'], 'scripted'> } }>;

function isReal(choice: ModelChoice): choice is RealChoice {
  return choice.info.kind !== 'scripted';
}

/** Loads a model from a service that uses OpenAI's protocol. Ollama provides that protocol under `/v1`. */
async function loadCompatible({ info, apiKey, baseUrl = '' }: RealChoice): Promise<DemoModel> {
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
  const baseURL = info.kind === 'ollama' && !baseUrl.endsWith('/v1') ? `${baseUrl}/v1` : baseUrl;
  return createOpenAICompatible({ name: info.kind, baseURL, ...(apiKey ? { apiKey } : {}) })(info.name);
}
