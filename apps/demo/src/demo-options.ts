import { parseArgs } from 'node:util';
import { listBackends, loadBackend } from '@sandpod/sandpod';
import { UsageError } from './usage-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The command-line options. */
export interface DemoOptions {
  /** The back end of new sessions. */
  readonly backend: string;
  /** Options that only some back ends support, under the back end's names for them. */
  readonly backendOptions: Readonly<Record<string, string>>;
  readonly isTerminal: boolean;
  /** Default: 3210, or the next free port. */
  readonly port?: number;
  readonly hostname: string;
  readonly opensBrowser: boolean;
  readonly needsApproval: boolean;
}

const FLAGS = {
  on: { type: 'string' },
  image: { type: 'string' },
  namespace: { type: 'string', short: 'n' },
  terminal: { type: 'boolean' },
  port: { type: 'string' },
  host: { type: 'string' },
  'no-open': { type: 'boolean' },
  approve: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;
/** The flags for options that only some back ends support. */
const BACKEND_FLAGS = ['image', 'namespace'] as const;

export const HELP = `A chat in which an agent writes code and runs it in a sandbox.

Usage: npx pnpm@12 demo [options]

  --on BACKEND     where code runs: ${listBackends()
    .map(({ name }) => name)
    .join(', ')} (default: embedded)
  --image IMAGE    the image, if the back end uses images
  -n, --namespace NAME  the namespace, if the back end uses namespaces
  --terminal       chat in this terminal instead of a browser
  --port N         the port (default: 3210, or the next free port)
  --host HOST      the address to listen on (default: 127.0.0.1); anyone who can reach it can run code
  --no-open        do not open a browser
  --approve        ask before code runs (the page has a switch for it)
  -h, --help       show this help

Environment
  SANDPOD_DEMO_BACKEND          the same as --on
  SANDPOD_DEMO_MODEL            scripted, or a model: NAME, SERVICE or SERVICE:NAME; services:
                                openai-compatible, anthropic, google or ollama
  OPENAI_API_KEY                a key for OpenAI, or for the service at OPENAI_BASE_URL
  OPENAI_BASE_URL, OPENAI_MODEL any service with an OpenAI-compatible interface, and its model
  ANTHROPIC_API_KEY             a key for Anthropic
  GOOGLE_GENERATIVE_AI_API_KEY  a key for Google
  OLLAMA_MODEL, OLLAMA_BASE_URL a model of Ollama, and its address (default: http://127.0.0.1:11434)

Without these, the answers are scripted: they are written in advance, but their code really runs. Code that
you type between \`\`\` fences always runs as is.
`;

/** Reads the command line. Returns `help` if the user requested help. @throws {UsageError} */
export function parseDemoOptions(argv: readonly string[], env: Environment): DemoOptions | 'help' {
  const values = parseFlags(argv);
  if (values.help) return 'help';
  const given = BACKEND_FLAGS.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]] as const]));
  return {
    backend: checkBackend(values.on ?? (env['SANDPOD_DEMO_BACKEND'] || 'embedded')),
    backendOptions: Object.fromEntries(given),
    isTerminal: values.terminal ?? false,
    ...(values.port === undefined ? {} : { port: parsePort(values.port) }),
    hostname: values.host ?? '127.0.0.1',
    opensBrowser: !values['no-open'],
    needsApproval: values.approve ?? false,
  };
}

function parseFlags(argv: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof FLAGS }>>['values'] {
  try {
    // pnpm passes on the "--" that other package managers require before flags.
    return parseArgs({ args: argv[0] === '--' ? argv.slice(1) : [...argv], options: FLAGS, strict: true }).values;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${message.split(/\. |\n/, 1)[0]?.replace(/\.$/, '')}.`);
  }
}

function checkBackend(name: string): string {
  const known = listBackends().map((backend) => backend.name as string);
  if (known.includes(name)) return name;
  throw new UsageError(`Expected one of the back ends ${known.join(', ')}, given ${JSON.stringify(name)}.`);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port expects a number from 0 to 65535, given ${JSON.stringify(text)}.`);
}

/** Returns the given options that the back end supports. */
export async function backendOptionsFor(backend: string, given: DemoOptions['backendOptions']): Promise<object> {
  if (Object.keys(given).length === 0) return {};
  const known = Object.keys((await loadBackend(backend)).optionsSchema.shape);
  return Object.fromEntries(Object.entries(given).filter(([name]) => known.includes(name)));
}
