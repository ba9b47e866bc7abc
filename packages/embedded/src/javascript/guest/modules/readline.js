import { EventEmitter } from './events.js';
import { process } from './process.js';
import { setImmediate } from './timers.js';

/** Reads the lines of a readable stream: `line` and `close` events, `question`, `for await`. */
export class Interface extends EventEmitter {
  #input;
  #output;
  #rest = '';
  #decoder = new TextDecoder();
  #isClosed = false;
  #isReading = false;
  #isInputDone = false;
  #questions = [];
  #prompt = '> ';

  constructor(options) {
    super();
    this.#input = options.input ?? process.stdin;
    this.#output = options.output;
    if (options.prompt !== undefined) this.#prompt = options.prompt;
    setImmediate(() => this.#start());
  }

  #start() {
    if (this.#isReading || this.#isClosed || (this.listenerCount('line') === 0 && this.#questions.length === 0)) return;
    this.#isReading = true;
    this.#step();
  }

  #step() {
    if (this.#isClosed || (this.listenerCount('line') === 0 && this.#questions.length === 0)) {
      this.#isReading = false;
      return;
    }
    const line = this.#nextLine();
    if (line === undefined) {
      this.close();
      return;
    }
    const answer = this.#questions.shift();
    if (answer) answer(line);
    else this.emit('line', line);
    setImmediate(() => this.#step());
  }

  #nextLine() {
    for (;;) {
      const at = this.#rest.indexOf('\n');
      if (at >= 0) {
        const line = this.#rest.slice(0, at).replace(/\r$/, '');
        this.#rest = this.#rest.slice(at + 1);
        return line;
      }
      const chunk = this.#isInputDone ? null : this.#input.read();
      if (chunk === null) return this.#lastLine();
      this.#rest += typeof chunk === 'string' ? chunk : this.#decoder.decode(chunk, { stream: true });
    }
  }

  #lastLine() {
    this.#isInputDone = true;
    if (this.#rest === '') return undefined;
    const line = this.#rest;
    this.#rest = '';
    return line;
  }

  on(name, listener) {
    super.on(name, listener);
    if (name === 'line') setImmediate(() => this.#start());
    return this;
  }

  question(text, optionsOrCallback, callback) {
    this.#output?.write(text);
    this.#questions.push(typeof optionsOrCallback === 'function' ? optionsOrCallback : callback);
    setImmediate(() => this.#start());
  }

  setPrompt(prompt) {
    this.#prompt = prompt;
  }

  prompt() {
    this.#output?.write(this.#prompt);
  }

  write() {}

  pause() {
    return this;
  }

  resume() {
    return this;
  }

  close() {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.emit('close');
  }

  async *[Symbol.asyncIterator]() {
    for (let line = this.#nextLine(); line !== undefined && !this.#isClosed; line = this.#nextLine()) yield line;
    this.close();
  }
}

export function createInterface(inputOrOptions, output) {
  const isOptions = inputOrOptions && !(inputOrOptions instanceof EventEmitter);
  return new Interface(isOptions ? inputOrOptions : { input: inputOrOptions, output });
}

export function clearLine() {
  return true;
}

export const cursorTo = clearLine;
export const moveCursor = clearLine;

class PromiseInterface extends Interface {
  question(text) {
    return new Promise((resolve) => super.question(text, resolve));
  }
}

export const promises = {
  Interface: PromiseInterface,
  createInterface: (options, output) => new PromiseInterface(options instanceof EventEmitter ? { input: options, output } : options),
};
