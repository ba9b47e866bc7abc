import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

export interface LineSourceOptions {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean };
  /** Called if the user presses Ctrl-C in a terminal. */
  readonly onInterrupt: () => void;
}

/** The user's lines in order, typed or piped. Lines that were typed in advance are kept. */
export class LineSource implements Disposable {
  readonly #interface: Interface;
  readonly #isInteractive: boolean;
  readonly #output: Writable;
  readonly #lines: string[] = [];
  #waiting: ((line: string | undefined) => void) | undefined;
  #isEnded = false;

  constructor({ input, output, onInterrupt }: LineSourceOptions) {
    this.#output = output;
    this.#isInteractive = input.isTTY === true && output.isTTY === true;
    this.#interface = createInterface({ input, output, terminal: this.#isInteractive });
    this.#interface.on('line', (line) => this.#add(line));
    this.#interface.on('close', () => this.#end());
    this.#interface.on('SIGINT', onInterrupt);
  }

  /** Returns the next line. Discards lines that were typed in advance, because they cannot be the answer to a new question. */
  async ask(prompt: string): Promise<string | undefined> {
    if (this.#isInteractive) this.#lines.length = 0;
    return this.next(prompt);
  }

  /** Resolves with the next line, or with undefined at the end of the input. */
  async next(prompt: string): Promise<string | undefined> {
    if (this.#isInteractive) {
      this.#interface.setPrompt(prompt);
      if (this.#lines.length === 0 && !this.#isEnded) this.#interface.prompt();
    } else this.#output.write(prompt);
    const line = await this.#take();
    // Piped lines are printed, so that a transcript contains the whole conversation.
    if (!this.#isInteractive) this.#output.write(`${line ?? ''}\n`);
    return line;
  }

  /** Ends the input. Pending reads resolve with undefined. */
  close(): void {
    this.#interface.close();
    this.#end();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #take(): Promise<string | undefined> | string | undefined {
    if (this.#lines.length > 0) return this.#lines.shift();
    if (this.#isEnded) return undefined;
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  #add(line: string): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) waiting(line);
    else this.#lines.push(line);
  }

  #end(): void {
    this.#isEnded = true;
    this.#waiting?.(undefined);
    this.#waiting = undefined;
  }
}
