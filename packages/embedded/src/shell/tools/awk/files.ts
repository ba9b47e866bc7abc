import type { ToolRun } from '../tool.ts';
import { ToolError } from '../tool-options.ts';
import { RecordReader } from './input.ts';
import type { Redirection } from './tree.ts';

interface Output {
  readonly mode: Redirection['mode'];
  text: string;
  /** True if the program has already written to the file. Further text is then appended. */
  isStarted: boolean;
}

interface Input {
  readonly reader: RecordReader;
  readonly exitCode: number;
}

const STREAMS: Readonly<Record<string, 'stdout' | 'stderr'>> = { '/dev/stdout': 'stdout', '-': 'stdout', '/dev/stderr': 'stderr' };

/** The files and commands that a program reads and writes, by name. */
export class AwkFiles {
  readonly #tool: ToolRun;
  readonly #outputs = new Map<string, Output>();
  readonly #inputs = new Map<string, Input | undefined>();
  #printed = 0;

  constructor(tool: ToolRun) {
    this.#tool = tool;
  }

  print(text: string, to?: { readonly mode: Redirection['mode']; readonly name: string }): void {
    this.#count(text);
    const stream = to === undefined ? 'stdout' : to.mode !== '|' && STREAMS[to.name];
    if (stream === 'stdout') this.#tool.print(text);
    else if (stream === 'stderr') this.#tool.stderr += text;
    else if (to !== undefined) this.#output(to).text += text;
  }

  /** Returns a reader of a file, or undefined if the file cannot be read. */
  async open(name: string): Promise<RecordReader | undefined> {
    if (!this.#inputs.has(name)) {
      await this.flush();
      const text = await this.#tool.read(name).catch(() => undefined);
      if (text === undefined) return undefined;
      this.#inputs.set(name, { reader: new RecordReader(text), exitCode: 0 });
    }
    return this.#inputs.get(name)?.reader;
  }

  /** Returns a reader of what a command prints. Runs the command when it is first read. */
  async openCommand(line: string): Promise<RecordReader | undefined> {
    if (!this.#inputs.has(line)) {
      await this.flush();
      const { stdout, exitCode } = await this.#tool.shellLine(line);
      this.#inputs.set(line, { reader: new RecordReader(stdout), exitCode });
    }
    return this.#inputs.get(line)?.reader;
  }

  /** Runs a command, prints its output, and returns its exit code. */
  async system(line: string): Promise<number> {
    await this.flush();
    return this.#run(line, '');
  }

  /** Returns what a command prints. */
  async outputOf(line: string): Promise<string> {
    return (await this.#tool.shellLine(line)).stdout;
  }

  /** Closes a file or command. Returns its exit code, or -1 if it is not open. */
  async close(name: string): Promise<number> {
    const output = this.#outputs.get(name);
    this.#outputs.delete(name);
    const input = this.#inputs.get(name);
    this.#inputs.delete(name);
    if (output === undefined) return input?.exitCode ?? -1;
    return this.#finish(name, output);
  }

  /** Writes the text for files. Commands start when they are closed, because they read all their input first. */
  async flush(): Promise<void> {
    for (const [name, output] of this.#outputs) if (output.mode !== '|') await this.#finish(name, output);
  }

  async closeAll(): Promise<void> {
    for (const name of [...this.#outputs.keys()]) await this.close(name);
  }

  #output({ mode, name }: { readonly mode: Redirection['mode']; readonly name: string }): Output {
    const open = this.#outputs.get(name) ?? { mode, text: '', isStarted: false };
    this.#outputs.set(name, open);
    return open;
  }

  async #finish(name: string, output: Output): Promise<number> {
    const { mode, text, isStarted } = output;
    output.text = '';
    output.isStarted = true;
    if (mode === '|') return this.#run(name, text);
    if (isStarted && text === '') return 0;
    if (mode === '>' && !isStarted) await this.#tool.write(name, text);
    else await this.#tool.append(name, text);
    return 0;
  }

  async #run(line: string, stdin: string): Promise<number> {
    const { stdout, exitCode } = await this.#tool.shellLine(line, stdin);
    this.#tool.print(stdout);
    return exitCode;
  }

  #count(text: string): void {
    this.#printed += text.length;
    if (this.#printed > this.#tool.shell.limits.maxStringLength)
      throw new ToolError(`output size limit exceeded (${this.#printed} characters)`, 126);
  }
}
