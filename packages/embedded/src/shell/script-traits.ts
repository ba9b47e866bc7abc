import type { CommandNode, ScriptNode, SimpleCommandNode, StatementNode } from 'just-bash';

/** Commands and variables through which a script can see the names of its functions. */
const REFLECTION = /\b(?:unset|FUNCNAME|caller)\b|\b(?:declare|typeset)\s+-[A-Za-z]*[fF]/;
const LATER_CODE = /\b(?:eval|source)\b|(?:^|[;&|])[ \t]*\.[ \t]/m;

/** The parts of a script that matter for streaming its output. */
export interface ScriptTraits {
  /** Functions that can be copied under a different name without a visible effect on the script. */
  readonly functions: ReadonlySet<string>;
  /** Names that are defined as functions anywhere in the script, including its strings. */
  readonly defined: ReadonlySet<string>;
  readonly aliases: ReadonlySet<string>;
  /** True if the script prints its commands. */
  readonly isTraced: boolean;
  /** True if `exec` may redirect the whole shell in code that is parsed only at run time, such as the argument of `eval`. */
  readonly mayRedirectShell: boolean;
}

export function traitsOf(source: string, script: ScriptNode): ScriptTraits {
  const placed = { atTop: new Set<string>(), elsewhere: new Set<string>() };
  if (!REFLECTION.test(source)) placeFunctions(script.statements, placed);
  return {
    functions: new Set([...placed.atTop].filter((name) => !placed.elsewhere.has(name))),
    defined: definedNames(source),
    aliases: aliasNames(source),
    isTraced: /\bxtrace\b|\bset[ \t]+-[A-Za-z]*x/.test(source),
    mayRedirectShell: /\bexec\b/.test(source) && LATER_CODE.test(source),
  };
}

/** Returns the names that look like definitions of functions. Takes linear time, because each name is read once. */
function definedNames(source: string): ReadonlySet<string> {
  const definitions = /(?<![\w.-])([\w.-]+)\s*\(\s*\)|\bfunction\s+([\w.-]+)/g;
  return new Set([...source.matchAll(definitions)].map((match) => match[1] ?? match[2] ?? ''));
}

/** Returns the names that aliases define, such as `a` and `b` in `alias a=x b=y`. */
function aliasNames(source: string): ReadonlySet<string> {
  const words = [...source.matchAll(/\balias[ \t]([^\n]*)/g)].flatMap(([, rest = '']) => rest.split(/\s+/));
  return new Set(words.filter((word) => word.includes('=')).map((word) => word.slice(0, word.indexOf('='))));
}

type Placed = Readonly<Record<'atTop' | 'elsewhere', Set<string>>>;

/** Separates functions into two groups: those that are defined by a complete statement outside other functions, and the rest. */
function placeFunctions(statements: readonly StatementNode[], placed: Placed): void {
  for (const statement of statements) {
    const commands = commandsOf(statement);
    for (const command of commands) {
      if (command.type === 'FunctionDef') {
        const isAlone = commands.length === 1 && !statement.background && command.redirections.length === 0;
        (isAlone ? placed.atTop : placed.elsewhere).add(command.name);
        placeFunctions(childrenOf(command.body), { atTop: placed.elsewhere, elsewhere: placed.elsewhere });
      } else placeFunctions(childrenOf(command), placed);
    }
  }
}

/** Returns the statements directly inside a command, without statements in substitutions. */
function childrenOf(command: CommandNode): readonly StatementNode[] {
  switch (command.type) {
    case 'If':
      return [...command.clauses.flatMap(({ condition, body }) => [...condition, ...body]), ...(command.elseBody ?? [])];
    case 'While':
    case 'Until':
      return [...command.condition, ...command.body];
    case 'Case':
      return command.items.flatMap(({ body }) => body);
    case 'For':
    case 'CStyleFor':
    case 'Subshell':
    case 'Group':
      return command.body;
    case 'FunctionDef':
      return childrenOf(command.body);
    default:
      return [];
  }
}

/**
 * Returns the number of statements before the first statement that redirects the shell.
 *
 * A statement `exec 2>&1` is ignored, unless a function definition comes before it, because it would then also redirect later calls to the
 * function.
 */
export function countUntilRedirected(statements: readonly StatementNode[]): number {
  const firstFunction = statements.findIndex((statement) => commandsOf(statement).some(({ type }) => type === 'FunctionDef'));
  const isHarmless = (index: number): boolean => firstFunction === -1 || index < firstFunction;
  const found = statements.findIndex((statement, index) => redirectsShell(statement) && !(joinsStreams(statement) && isHarmless(index)));
  return found === -1 ? statements.length : found;
}

function commandsOf(statement: StatementNode): CommandNode[] {
  return statement.pipelines.flatMap((pipeline) => pipeline.commands);
}

/** Checks whether a statement contains an `exec` that redirects the shell. */
function redirectsShell(statement: StatementNode): boolean {
  return commandsOf(statement).some((command) =>
    command.type === 'SimpleCommand' ? isRedirectingExec(command) : childrenOf(command).some(redirectsShell),
  );
}

function isRedirectingExec(command: SimpleCommandNode): boolean {
  return literalName(command) === 'exec' && command.redirections.length > 0;
}

/** Checks whether a statement is exactly `exec 2>&1`. */
export function joinsStreams(statement: StatementNode): boolean {
  const [command, ...others] = commandsOf(statement);
  if (command?.type !== 'SimpleCommand' || others.length > 0 || literalName(command) !== 'exec' || command.args.length > 0) return false;
  const [redirection, ...more] = command.redirections;
  if (redirection === undefined || more.length > 0 || redirection.fd !== 2 || redirection.operator !== '>&') return false;
  return redirection.target.type === 'Word' && literalText(redirection.target) === '1';
}

type Word = NonNullable<SimpleCommandNode['name']>;

export function literalText(word: Word | null | undefined): string | undefined {
  const [part, ...rest] = word?.parts ?? [];
  return part?.type === 'Literal' && rest.length === 0 ? part.value : undefined;
}

export function literalName(command: SimpleCommandNode): string | undefined {
  return literalText(command.name);
}
