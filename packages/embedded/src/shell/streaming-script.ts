import { type CommandNode, type PipelineNode, parse, type ScriptNode, type SimpleCommandNode, type StatementNode } from 'just-bash';
import { sinkPaths } from './output-sinks.ts';

type CompoundNode = Exclude<CommandNode, SimpleCommandNode>;
type Redirections = SimpleCommandNode['redirections'];

/** The name under which a program writes directly to the shell's output while it runs. */
export function directName(program: string): string {
  return `sandpod:${program}`;
}

function sinkRedirections(): Redirections {
  const command = parse(`: >>${sinkPaths.stdout} 2>>${sinkPaths.stderr}`).statements[0]?.pipelines[0]?.commands[0];
  return command?.type === 'SimpleCommand' ? command.redirections : [];
}

/** Commands that print nothing. Redirecting each of them would slow down tight loops. */
const silentCommands = new Set([
  '[',
  'test',
  ':',
  'true',
  'false',
  'let',
  'break',
  'continue',
  'return',
  'exit',
  'shift',
  'unset',
  'local',
  'read',
  'sleep',
]);

const inputOperators = new Set(['<', '<<', '<<-', '<<<']);

function hasOutputRedirection(redirections: Redirections): boolean {
  return redirections.some(({ operator }) => !inputOperators.has(operator));
}

function literalName(command: SimpleCommandNode): string | undefined {
  const [part, ...rest] = command.name?.parts ?? [];
  return part?.type === 'Literal' && rest.length === 0 ? part.value : undefined;
}

/**
 * Makes a script's output appear while it runs.
 *
 * just-bash collects all output until the script ends. This adds two outermost redirections to every command that writes
 * to the script's output. They lead to names that the file system passes on at once. The script's meaning does not change:
 * its own redirections come after the added ones, and functions and substitutions are not touched.
 */
export class StreamingScript {
  readonly #sinks = sinkRedirections();
  readonly #programs: ReadonlySet<string>;

  constructor(programs: ReadonlySet<string>) {
    this.#programs = programs;
  }

  transform(script: ScriptNode): ScriptNode {
    return { ...script, statements: this.#statements(script.statements) };
  }

  #statements(statements: readonly StatementNode[]): StatementNode[] {
    return statements.map((statement) =>
      statement.deferredError ? statement : { ...statement, pipelines: statement.pipelines.map((pipeline) => this.#pipeline(pipeline)) },
    );
  }

  /** Only the last command of a pipeline writes to the script's output. */
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

  #simple(command: SimpleCommandNode): SimpleCommandNode {
    if (command.name === null) return command;
    const name = literalName(command);
    if (name !== undefined && silentCommands.has(name)) return command;
    if (name !== undefined && this.#programs.has(name) && !hasOutputRedirection(command.redirections)) {
      return { ...command, name: { type: 'Word', parts: [{ type: 'Literal', value: directName(name) }] } };
    }
    return { ...command, redirections: [...this.#sinks, ...command.redirections] };
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

/** False for scripts that redirect the whole shell or trace commands: the added redirections would disturb them. */
export function canStream(source: string): boolean {
  return !/\bexec\b|\bxtrace\b|\bset\s+-\w*[xv]|\balias\b/.test(source);
}

/** The programs that are not hidden by a function in the script. */
export function unhiddenPrograms(source: string, names: Iterable<string>): ReadonlySet<string> {
  const defined = new Set(
    [...source.matchAll(/(?<![\w.-])([\w.-]+)\s*\(\s*\)|\bfunction\s+([\w.-]+)/g)].map((match) => match[1] ?? match[2]),
  );
  return new Set([...names].filter((name) => !defined.has(name)));
}
