import type { CommandNode, PipelineNode, ScriptNode, SimpleCommandNode, StatementNode } from 'just-bash';
import { sinkPaths } from './output-sinks.ts';
import { countUntilRedirected, joinsStreams, literalName, literalText, type ScriptTraits } from './script-traits.ts';
import { simpleCommand } from './syntax-tree.ts';

type CompoundNode = Exclude<CommandNode, SimpleCommandNode>;
type FunctionNode = Extract<CommandNode, { type: 'FunctionDef' }>;
type Redirections = SimpleCommandNode['redirections'];

/** Returns the name of the program, or of the copy of the function, that writes directly to the shell's output while it runs. */
export function directName(name: string): string {
  return `sandpod:${name}`;
}

/** Removes the prefix of `directName` from the shell's messages about a command: its trace and "command not found". */
export function withoutDirectNames(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  if (!text.includes('sandpod:')) return bytes;
  return Buffer.from(text.replace(/^(\++ |\w+: )sandpod:/gm, '$1'), 'latin1');
}

function sinkRedirections(stderr: string): Redirections {
  return simpleCommand(`: >>${sinkPaths.stdout} 2>>${stderr}`).redirections;
}

/** Commands that leave the enclosing list of commands. */
const leaving = new Set(['break', 'continue', 'return', 'exit', 'exec']);

/** Commands that print nothing. Redirecting each of them would slow down tight loops. */
const silentCommands = new Set(['[', 'test', ':', 'true', 'false', 'let', 'shift', 'unset', 'local', 'read', 'sleep']);

const inputOperators = new Set(['<', '<<', '<<-', '<<<']);

function hasOutputRedirection(redirections: Redirections): boolean {
  return redirections.some(({ operator }) => !inputOperators.has(operator));
}

/**
 * Makes a script's output appear while the script runs.
 *
 * just-bash collects all output until the script ends. This class adds two outermost redirections to every command that writes to the
 * script's output. The redirections lead to names whose content the file system passes on immediately. The script's meaning does not
 * change: the added redirections come before the existing redirections, and substitutions stay as is. Each function gets a copy with added
 * redirections. The script calls the copy where the function's output is part of the script's output.
 */
export class StreamingScript {
  readonly #traits: ScriptTraits;
  readonly #programs: ReadonlySet<string>;
  #sinks = sinkRedirections(sinkPaths.stderr);

  constructor(options: { readonly programs: Iterable<string>; readonly traits: ScriptTraits }) {
    this.#traits = options.traits;
    const { defined, aliases } = options.traits;
    this.#programs = new Set([...options.programs].filter((name) => !defined.has(name) && !aliases.has(name)));
  }

  /**
   * Adds the redirections. After an `exec` that redirects the shell, the rest of the script stays as is, unless `exec` joins the
   * streams.
   */
  transform(script: ScriptNode): ScriptNode {
    if (this.#traits.mayRedirectShell) return script;
    const { statements } = script;
    const count = countUntilRedirected(statements);
    return { ...script, statements: [...this.#statements(statements.slice(0, count)), ...statements.slice(count)] };
  }

  #statements(statements: readonly StatementNode[]): StatementNode[] {
    return statements.flatMap((statement) => {
      if (statement.deferredError) return [statement];
      if (joinsStreams(statement)) {
        this.#sinks = sinkRedirections(sinkPaths.stdout);
        return [statement];
      }
      return [{ ...statement, pipelines: statement.pipelines.map((pipeline) => this.#pipeline(pipeline)) }, ...this.#copies(statement)];
    });
  }

  /** Returns the definition of a copy if the statement defines a function. */
  #copies(statement: StatementNode): StatementNode[] {
    const [pipeline] = statement.pipelines;
    const [command] = pipeline?.commands ?? [];
    if (pipeline === undefined || command?.type !== 'FunctionDef' || !this.#traits.functions.has(command.name)) return [];
    const copy: FunctionNode = { ...command, name: directName(command.name), body: this.#command(command.body) as FunctionNode['body'] };
    const { sourceText: _, ...rest } = statement;
    return [{ ...rest, pipelines: [{ ...pipeline, commands: [copy] }] }];
  }

  /** Adds the redirections to the last command of a pipeline, because only that command writes to the script's output. */
  #pipeline(pipeline: PipelineNode): PipelineNode {
    const last = pipeline.commands.length - 1;
    return { ...pipeline, commands: pipeline.commands.map((command, index) => (index === last ? this.#command(command) : command)) };
  }

  #command(command: CommandNode): CommandNode {
    if (command.type === 'FunctionDef') return command;
    if (command.type === 'SimpleCommand') return this.#simple(command);
    if (hasOutputRedirection(command.redirections)) return { ...command, redirections: [...this.#sinks, ...command.redirections] };
    return this.#compound(command);
  }

  #simple(command: SimpleCommandNode): CommandNode {
    const name = literalName(command);
    if (name === 'exec') return this.#exec(command);
    if (command.name === null) return this.#traits.isTraced ? this.#grouped(command) : command;
    if (name !== undefined && (leaving.has(name) || (silentCommands.has(name) && !this.#traits.isTraced))) return command;
    // The redirections of an alias come before those of the command.
    if (name !== undefined && this.#traits.aliases.has(name)) return this.#grouped(command);
    if (name === undefined || !this.#isDirect(name) || hasOutputRedirection(command.redirections))
      return { ...command, redirections: [...this.#sinks, ...command.redirections] };
    const direct = { ...command, name: wordOf(directName(name)) };
    return this.#traits.isTraced ? this.#grouped(direct) : direct;
  }

  #isDirect(name: string): boolean {
    return this.#programs.has(name) || this.#traits.functions.has(name);
  }

  /** Adds no redirections to `exec`, because they would stay in effect. */
  #exec(command: SimpleCommandNode): SimpleCommandNode {
    const [program, ...rest] = command.args;
    const name = literalText(program);
    if (name === undefined || !this.#programs.has(name) || command.redirections.length > 0) return command;
    return { ...command, args: [wordOf(directName(name)), ...rest] };
  }

  /** Puts a command in a group with redirections, which also apply to the shell's messages about the command, such as its trace. */
  #grouped(command: SimpleCommandNode): CommandNode {
    const pipeline: PipelineNode = { type: 'Pipeline', commands: [command], negated: false };
    const statement: StatementNode = { type: 'Statement', pipelines: [pipeline], operators: [], background: false };
    return { type: 'Group', body: [statement], redirections: [...this.#sinks] };
  }

  #compound(command: CompoundNode): CommandNode {
    switch (command.type) {
      case 'If':
        return {
          ...command,
          clauses: command.clauses.map(({ condition, body }) => ({ condition: this.#statements(condition), body: this.#statements(body) })),
          elseBody: command.elseBody && this.#statements(command.elseBody),
        };
      case 'While':
      case 'Until':
        return { ...command, condition: this.#statements(command.condition), body: this.#statements(command.body) };
      case 'Case':
        return { ...command, items: command.items.map((item) => ({ ...item, body: this.#statements(item.body) })) };
      case 'For':
      case 'CStyleFor':
      case 'Subshell':
      case 'Group':
        return { ...command, body: this.#statements(command.body) };
      default:
        return command;
    }
  }
}

function wordOf(text: string): NonNullable<SimpleCommandNode['name']> {
  return { type: 'Word', parts: [{ type: 'Literal', value: text }] };
}
