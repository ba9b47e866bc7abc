import type { JavascriptEngine } from '../../javascript/javascript-engine.ts';
import type { PythonModule } from '../../python/python-module.ts';
import type { ComingModules, ModuleName } from '../programs.ts';
import type { ModuleMessage } from './worker-messages.ts';

/**
 * The compiled interpreters that a worker thread gets from the main thread of the child process. The thread requests each interpreter when
 * it first needs it.
 */
export class ReceivedModules implements ComingModules {
  readonly #python = Promise.withResolvers<PythonModule>();
  readonly #javascript = Promise.withResolvers<JavascriptEngine>();
  readonly #requested = new Set<ModuleName>();
  readonly #request: (name: ModuleName) => void;

  constructor(request: (name: ModuleName) => void) {
    this.#request = request;
  }

  get python(): Promise<PythonModule> {
    this.#need('python');
    return this.#python.promise;
  }

  get javascript(): Promise<JavascriptEngine> {
    this.#need('javascript');
    return this.#javascript.promise;
  }

  receive(message: ModuleMessage): void {
    if (message.type === 'missing') (message.name === 'python' ? this.#python : this.#javascript).reject(new Error(message.message));
    else if (message.name === 'python') this.#python.resolve(message.module);
    else this.#javascript.resolve(message.module);
  }

  #need(name: ModuleName): void {
    if (this.#requested.has(name)) return;
    this.#requested.add(name);
    this.#request(name);
  }
}
