import { randomUUID } from 'node:crypto';
import type { CreateContextOptions } from '../contract/code-executor.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import type { LanguageRegistry } from '../languages/language-registry.ts';
import { parseWorkspacePath } from '../paths/workspace-path.ts';

/** A separate set of variables. Its kernel is started when a block first uses it. */
export interface KernelContext {
  /** The id of the language. */
  readonly language: string;
  /** Relative to the workspace. */
  readonly cwd: string | undefined;
}

/** The contexts of an executor. They have ids that cannot be guessed. */
export class KernelContexts {
  readonly #registry: LanguageRegistry;
  readonly #languages: ReadonlySet<string>;
  readonly #contexts = new Map<string, KernelContext>();

  /** `languages`: ids of the languages that have kernels. */
  constructor(options: { readonly registry: LanguageRegistry; readonly languages: ReadonlySet<string> }) {
    this.#registry = options.registry;
    this.#languages = options.languages;
  }

  /** @throws {SandpodError} `unsupported` if the language has no kernel; `invalid-path` or `path-outside-workspace` for `cwd`. */
  create({ language: name = 'python', cwd }: CreateContextOptions = {}): { readonly id: string } {
    const language = this.#registry.find(name)?.id;
    if (language === undefined || !this.#languages.has(language)) {
      const message = `language: expected a language whose variables are kept (${[...this.#languages].join(', ')}), given ${JSON.stringify(name)}.`;
      throw new SandpodError({ code: 'unsupported', message });
    }
    const id = randomUUID();
    this.#contexts.set(id, { language, cwd: cwd === undefined ? undefined : parseWorkspacePath(cwd) });
    return { id };
  }

  /** Returns false if there is no such context. */
  delete(id: string): boolean {
    return this.#contexts.delete(id);
  }

  /** @throws {SandpodError} `invalid-options` if there is no such context. */
  get(id: string): KernelContext {
    const context = this.#contexts.get(id);
    if (context !== undefined) return context;
    const message = `contextId: expected an id that createContext() returned, given ${JSON.stringify(id.slice(0, 100))}.`;
    throw new SandpodError({ code: 'invalid-options', message });
  }
}
