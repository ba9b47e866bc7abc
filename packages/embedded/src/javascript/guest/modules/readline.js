import { EventEmitter } from './events.js';
import { process } from './process.js';
import { setImmediate } from './timers.js';

/** Reads the lines of a readable stream: `line` and `close` events, `question`, `for await`. */
export class Interface extends EventEmitter {
  #input;
  #output;
  #lines = [];
  #rest = '';
  #decoder = new TextDecoder();
  #isClosed = false;
  #isReading = false;
  #isInputDone = false;
  #isStepping = false;
  #questions = [];
  #prompt = '> ';
  #wake = () => undefined;

  constructor(options) {
    super();
    this.#input = options.input ?? process.stdin;
    this.#output = options.output;
    if (options.prompt !== undefined) this.#prompt = options.prompt;
    setImmediate(() => this.#start());
  }

  /** Reads only when somebody wants a line. Nobody may ever want one. */
  #read() {
    if (this.#isReading) return;
    this.#isReading = true;
    this.#input.on('data', (chunk) => this.#add(typeof chunk === 'string' ? chunk : this.#decoder.decode(chunk, { stream: true })));
    this.#input.on('end', () => this.#endInput());
    this.#input.on('error', () => this.#endInput());
  }

  #add(text) {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop();
    for (const line of lines) this.#lines.push(line.replace(/\r$/, ''));
    this.#wake();
    this.#start();
  }

  #endInput() {
    if (this.#rest !== '') this.#lines.push(this.#rest);
    this.#rest = '';
    this.#isInputDone = true;
    this.#wake();
    this.#start();
  }

  #start() {
    if (this.#isStepping || this.#isClosed || (this.listenerCount('line') === 0 && this.#questions.length === 0)) return;
    this.#read();
    if (this.#lines.length === 0 && !this.#isInputDone) return;
    this.#isStepping = true;
    if (this.#lines.length === 0) {
      this.close();
      return;
    }
    const line = this.#lines.shift();
    const answer = this.#questions.shift();
    if (answer) answer(line);
    else this.emit('line', line);
    setImmediate(() => {
      this.#isStepping = false;
      this.#start();
    });
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
    if (this.#isReading) this.#input.pause();
    this.#wake();
    this.emit('close');
  }

  async *[Symbol.asyncIterator]() {
    this.#read();
    while (!this.#isClosed) {
      if (this.#lines.length > 0) yield this.#lines.shift();
      else if (this.#isInputDone) break;
      else await new Promise((resolve) => (this.#wake = resolve));
    }
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
