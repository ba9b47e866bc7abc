import { rangeEnd } from './sed-ranges.ts';
import { expandReplacement } from './sed-replacement.ts';
import type { SedAddress, SedCommand, SedScript, SedSubstitution } from './sed-script.ts';
import type { SedSurroundings } from './sed-surroundings.ts';
import { visible } from './sed-visible.ts';
import { ToolError } from './tool-options.ts';

type Step = 'next' | 'end' | 'restart' | 'quit';

/** Runs a sed script on lines of text. */
export class SedMachine {
  exitCode = 0;
  isQuit = false;
  readonly #script: SedScript;
  readonly #around: SedSurroundings;
  readonly #active = new Map<SedCommand, number>();
  #lines: readonly string[] = [];
  #endsWithSeparator = true;
  #line = 0;
  #pattern = '';
  #hold = '';
  #hasSubstituted = false;
  #lastRegex: RegExp | undefined;
  #queue: string[] = [];
  #at = 0;

  constructor(script: SedScript, around: SedSurroundings) {
    this.#script = script;
    this.#around = around;
  }

  run(lines: readonly string[], endsWithSeparator: boolean): void {
    this.#lines = lines;
    this.#endsWithSeparator = endsWithSeparator;
    this.#line = 0;
    this.#active.clear();
    let keepsPattern = false;
    while (!this.isQuit && (keepsPattern || this.#line < lines.length)) {
      if (!keepsPattern) this.#read();
      keepsPattern = this.#cycle() === 'restart';
    }
  }

  #read(): void {
    this.#pattern = this.#lines[this.#line] ?? '';
    this.#line += 1;
    this.#hasSubstituted = false;
  }

  get #isLast(): boolean {
    return this.#line >= this.#lines.length;
  }

  #printLine(text: string): void {
    const isWhole = !this.#isLast || this.#endsWithSeparator || this.#queue.length > 0;
    this.#around.print(isWhole ? text + this.#around.separator : text);
  }

  #cycle(): Step {
    let step: Step = 'next';
    for (this.#at = 0; this.#at < this.#script.commands.length && step === 'next'; ) {
      const command = this.#script.commands[this.#at];
      this.#at += 1;
      if (!command) break;
      if (this.#selects(command)) step = this.#execute(command);
      else if (command.name === '{') this.#at = command.end;
    }
    if (step === 'next' && !this.#around.isQuiet) this.#printLine(this.#pattern);
    this.#flush();
    return step;
  }

  #flush(): void {
    for (const text of this.#queue.splice(0)) this.#around.print(text);
  }

  #selects(command: SedCommand): boolean {
    const { from, to } = command;
    if (!from) return !command.isNegated;
    const isSelected = to ? this.#inRange(command, { from, to }) : this.#matches(from);
    return isSelected !== command.isNegated;
  }

  #inRange(command: SedCommand, { from, to }: { readonly from: SedAddress; readonly to: SedAddress }): boolean {
    const end = this.#active.get(command);
    if (end === undefined) return this.#startsRange(command, { from, to });
    const isOver = to.type === 'regex' || to.type === 'last' ? this.#matches(to) : end <= this.#line;
    if (isOver) this.#active.delete(command);
    return end >= this.#line;
  }

  #startsRange(command: SedCommand, { from, to }: { readonly from: SedAddress; readonly to: SedAddress }): boolean {
    const isZero = from.type === 'line' && from.line === 0;
    if (isZero ? this.#line !== 1 : !this.#matches(from)) return false;
    if (isZero && to.type === 'regex' && this.#matches(to)) return true;
    const last = rangeEnd(to, this.#line);
    if (last > this.#line) this.#active.set(command, last);
    return true;
  }

  #matches(address: SedAddress): boolean {
    switch (address.type) {
      case 'line':
        return this.#line === address.line;
      case 'last':
        return this.#isLast;
      case 'step':
        return address.step === 0
          ? this.#line === address.first
          : this.#line >= address.first && (this.#line - address.first) % address.step === 0;
      case 'regex':
        return this.#test(address.regex);
      default:
        return false;
    }
  }

  #expression(regex: RegExp | undefined): RegExp {
    const found = regex ?? this.#lastRegex;
    if (!found) throw new ToolError('no previous regular expression');
    this.#lastRegex = found;
    found.lastIndex = 0;
    return found;
  }

  #test(regex: RegExp | undefined): boolean {
    return this.#expression(regex).test(this.#pattern);
  }

  #checkSize(): void {
    const { longestText } = this.#around;
    if (this.#pattern.length + this.#hold.length > longestText) throw new ToolError(`text limit exceeded (${longestText} characters)`, 126);
  }

  #execute(command: SedCommand): Step {
    this.#checkSize();
    this.#simple[command.name]?.(command);
    if (command.substitution) this.#substitute(command.substitution);
    else if (/^[btT]$/.test(command.name)) return this.#branch(command);
    else if (command.name === 'n' || command.name === 'N') return this.#nextLine(command.name);
    else if (/^[dDc]$/.test(command.name)) return this.#delete(command);
    else if (/^[qQ]$/.test(command.name)) return this.#quit(command);
    return 'next';
  }

  readonly #simple: Readonly<Record<string, (command: SedCommand) => void>> = {
    p: () => this.#printLine(this.#pattern),
    P: () => this.#around.print(`${this.#pattern.split('\n', 1)[0]}\n`),
    '=': () => this.#around.print(`${this.#line}\n`),
    h: () => {
      this.#hold = this.#pattern;
    },
    H: () => {
      this.#hold += `\n${this.#pattern}`;
    },
    g: () => {
      this.#pattern = this.#hold;
    },
    G: () => {
      this.#pattern += `\n${this.#hold}`;
    },
    x: () => {
      [this.#pattern, this.#hold] = [this.#hold, this.#pattern];
    },
    z: () => {
      this.#pattern = '';
    },
    F: () => this.#around.print('-\n'),
    l: () => this.#around.print(`${visible(this.#pattern)}$\n`),
    a: ({ text }) => this.#queue.push(text),
    i: ({ text }) => this.#around.print(text),
    r: ({ text }) => this.#queue.push(this.#around.fileText(text)),
    w: ({ text }) => this.#around.writeFile(text, `${this.#pattern}\n`),
    y: ({ map }) => {
      this.#pattern = [...this.#pattern].map((character) => map?.get(character) ?? character).join('');
    },
    R: () => {
      throw new ToolError("the command `R' is not supported in this sandbox");
    },
    W: () => {
      throw new ToolError("the command `W' is not supported in this sandbox");
    },
  };

  #substitute(substitution: SedSubstitution): void {
    const regex = this.#expression(substitution.regex);
    let count = 0;
    let at = 0;
    let result = '';
    for (const match of this.#pattern.matchAll(regex)) {
      // An empty match directly after another match is ignored.
      if (match[0] === '' && match.index === at && count > 0 && result !== '' && at > 0) continue;
      count += 1;
      if (count < substitution.nth) continue;
      result += this.#pattern.slice(at, match.index) + expandReplacement(substitution.replacement, match);
      at = match.index + match[0].length;
      if (!substitution.isGlobal) break;
    }
    if (count < substitution.nth) return;
    this.#pattern = result + this.#pattern.slice(at);
    this.#hasSubstituted = true;
    if (substitution.prints) this.#printLine(this.#pattern);
    if (substitution.file !== undefined) this.#around.writeFile(substitution.file, `${this.#pattern}\n`);
  }

  #branch({ name, text }: SedCommand): Step {
    const had = this.#hasSubstituted;
    if (name !== 'b') this.#hasSubstituted = false;
    if ((name === 't' && !had) || (name === 'T' && had)) return 'next';
    const target = text === '' ? this.#script.commands.length : this.#script.labels.get(text);
    if (target === undefined) throw new ToolError(`can't find label for jump to \`${text}'`);
    this.#at = target;
    return 'next';
  }

  #nextLine(name: string): Step {
    if (this.#isLast) {
      if (!this.#around.isQuiet) this.#printLine(this.#pattern);
      this.isQuit = true;
      return 'end';
    }
    if (name === 'n' && !this.#around.isQuiet) this.#printLine(this.#pattern);
    this.#flush();
    const before = this.#pattern;
    const had = this.#hasSubstituted;
    this.#read();
    this.#hasSubstituted = had;
    if (name === 'N') this.#pattern = `${before}\n${this.#pattern}`;
    return 'next';
  }

  #delete(command: SedCommand): Step {
    const [first = '', ...rest] = this.#pattern.split('\n');
    if (command.name === 'D' && rest.length > 0) {
      this.#pattern = this.#pattern.slice(first.length + 1);
      return 'restart';
    }
    if (command.name === 'c' && (!command.to || !this.#active.has(command))) this.#around.print(command.text);
    return 'end';
  }

  #quit({ name, text }: SedCommand): Step {
    if (name === 'q' && !this.#around.isQuiet) this.#printLine(this.#pattern);
    this.exitCode = Number(text || 0);
    this.isQuit = true;
    return 'end';
  }
}
