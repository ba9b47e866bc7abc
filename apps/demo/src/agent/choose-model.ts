import type { ModelInfo, ModelKind } from '../api-types.ts';
import { UsageError } from '../usage-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;
export type RealModelKind = Exclude<ModelKind, 'scripted'>;

/** The model that the environment variables select, and the settings for its service. */
export type ModelChoice =
  | { readonly info: ModelInfo & { readonly kind: 'scripted' } }
  | { readonly info: ModelInfo & { readonly kind: RealModelKind }; readonly baseUrl?: string; readonly apiKey?: string };

interface Service {
  /** The service counts as set up if one of these variables is set. */
  readonly signs: readonly string[];
  readonly apiKey?: string;
  readonly baseUrl?: string;
  readonly defaultBaseUrl?: string;
  readonly modelVariable?: string;
  /** If absent, the user must choose the model. */
  readonly defaultModel?: string;
}

/** The model services, in the order in which they are checked. */
const SERVICES: Readonly<Record<RealModelKind, Service>> = {
  'openai-compatible': {
    signs: ['OPENAI_BASE_URL', 'OPENAI_API_KEY'],
    apiKey: 'OPENAI_API_KEY',
    baseUrl: 'OPENAI_BASE_URL',
    defaultBaseUrl: 'https://api.openai.com/v1',
    modelVariable: 'OPENAI_MODEL',
    defaultModel: 'gpt-5-mini',
  },
  anthropic: {
    signs: ['ANTHROPIC_API_KEY'],
    apiKey: 'ANTHROPIC_API_KEY',
    baseUrl: 'ANTHROPIC_BASE_URL',
    defaultModel: 'claude-sonnet-5-5',
  },
  google: { signs: ['GOOGLE_GENERATIVE_AI_API_KEY'], apiKey: 'GOOGLE_GENERATIVE_AI_API_KEY', defaultModel: 'gemini-3.8-flash' },
  ollama: {
    signs: ['OLLAMA_MODEL', 'OLLAMA_BASE_URL'],
    baseUrl: 'OLLAMA_BASE_URL',
    defaultBaseUrl: 'http://127.0.0.1:11434',
    modelVariable: 'OLLAMA_MODEL',
  },
};
const KINDS = Object.keys(SERVICES) as readonly RealModelKind[];
const SCRIPTED: ModelChoice = { info: { kind: 'scripted', name: 'scripted' } };

/**
 * Chooses the model that `SANDPOD_DEMO_MODEL` specifies: `scripted`, `SERVICE`, `SERVICE:NAME`, or the name of a model from the service
 * that is set up. Without that variable, chooses the first service that is set up. If no service is set up, chooses the scripted model.
 *
 * @throws {UsageError} if that model cannot be used.
 */
export function chooseModel(env: Environment): ModelChoice {
  const { kind, name } = readWish(env['SANDPOD_DEMO_MODEL'] ?? '');
  if (kind === 'scripted') return SCRIPTED;
  const chosen = kind ?? KINDS.find((each) => SERVICES[each].signs.some((sign) => env[sign]));
  if (chosen === undefined) {
    if (name === undefined) return SCRIPTED;
    throw new UsageError(
      `SANDPOD_DEMO_MODEL names the model ${JSON.stringify(name)}, but no model service is set up.`,
      `Name the service (${KINDS.map((each) => `${each}:${name}`).join(', ')}), or set its key.`,
    );
  }
  return describeChoice(chosen, { name, env });
}

function readWish(wish: string): { readonly kind?: ModelKind; readonly name?: string } {
  const text = wish.trim();
  if (text === '') return {};
  const [first = '', ...rest] = text.split(':');
  const kind = first === 'openai' ? 'openai-compatible' : [...KINDS, 'scripted' as const].find((each) => each === first);
  if (kind === undefined) return { name: text };
  const name = rest.join(':');
  return name === '' ? { kind } : { kind, name };
}

function describeChoice(kind: RealModelKind, options: { readonly name: string | undefined; readonly env: Environment }): ModelChoice {
  const { env } = options;
  const service = SERVICES[kind];
  if (service.apiKey && !service.signs.some((sign) => env[sign])) throw notSetUp(kind, service);
  const name = options.name ?? (service.modelVariable && env[service.modelVariable]) ?? service.defaultModel;
  if (!name)
    throw new UsageError(
      `No model is chosen for ${kind}.`,
      `Set ${service.modelVariable}, for example to a model that "ollama list" shows.`,
    );
  const apiKey = service.apiKey && env[service.apiKey];
  const baseUrl = (service.baseUrl && env[service.baseUrl]) || service.defaultBaseUrl;
  return { info: { kind, name }, ...(apiKey ? { apiKey } : {}), ...(baseUrl ? { baseUrl: checkUrl(baseUrl, service.baseUrl ?? '') } : {}) };
}

function notSetUp(kind: RealModelKind, { signs }: Service): UsageError {
  const missing = signs.length === 1 ? `${signs[0]} is not set` : `neither ${signs.join(' nor ')} is set`;
  return new UsageError(`SANDPOD_DEMO_MODEL asks for ${kind}, but ${missing}.`, `Set ${signs.join(' or ')}.`);
}

function checkUrl(text: string, variable: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text.replace(/\/+$/, '');
  throw new UsageError(`${variable} expects a URL that begins with http:// or https://, given ${JSON.stringify(text)}.`);
}
