import type { JavascriptEngine } from '../../javascript/javascript-engine.ts';
import type { PythonModule } from '../../python/python-module.ts';
import type { ComingModules } from '../programs.ts';
import type { ModuleMessage } from './worker-messages.ts';

/** The compiled interpreters that the child process sends to a worker thread, or will send. */
export class ReceivedModules implements ComingModules {
  readonly #python = Promise.withResolvers<PythonModule>();
  readonly #javascript = Promise.withResolvers<JavascriptEngine>();

  constructor() {
    for (const promise of [this.python, this.javascript]) promise.catch(() => {});
  }

  get python(): Promise<PythonModule> {
    return this.#python.promise;
  }

  get javascript(): Promise<JavascriptEngine> {
    return this.#javascript.promise;
  }

  receive(message: ModuleMessage): void {
    if (message.type === 'missing') (message.name === 'python' ? this.#python : this.#javascript).reject(new Error(message.message));
    else if (message.name === 'python') this.#python.resolve(message.module);
    else this.#javascript.resolve(message.module);
  }
}
