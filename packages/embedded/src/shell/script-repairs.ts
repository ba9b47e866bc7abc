import { parse, type ScriptNode, type SimpleCommandNode, type StatementNode, type WordNode } from 'just-bash';
import { correctArithmetic } from './arithmetic-commands.ts';
import { hoistSubstitutions } from './arithmetic-substitutions.ts';
import { declareFirst } from './associative-arrays.ts';
import { joinArrays } from './joined-arrays.ts';
import { mapTree, nodesOf, type TreeNode, word } from './syntax-tree.ts';

/**
 * The name of the command that prints each operand that is a directory, followed by a slash. It runs instead of patterns that end in a
 * slash.
 */
export const directoriesName = 'sandpod:directories';
/** The name of the command that runs instead of `trap` in a subshell or a substitution. */
export const nestedTrapName = 'sandpod:nested-trap';

/** Returns all statements in a script that define functions, at any depth. */
export function functionStatements(script: ScriptNode): StatementNode[] {
  const statements = nodesOf(script, 'Statement') as unknown as StatementNode[];
  return statements.filter(
    ({ pipelines }) => pipelines.length === 1 && pipelines[0]?.commands.length === 1 && pipelines[0].commands[0]?.type === 'FunctionDef',
  );
}

/** Returns true for words such as `$CMD` and `"${CMD[@]}"`, which can expand to several words. */
function isExpanded({ parts }: WordNode): boolean {
  return parts.some((part) => {
    if (part.type === 'ParameterExpansion' || part.type === 'CommandSubstitution') return true;
    return (
      part.type === 'DoubleQuoted' && part.parts.some((inner) => inner.type === 'ParameterExpansion' && /^@$|\[@\]$/.test(inner.parameter))
    );
  });
}

/** Moves the name of a command to the arguments. just-bash splits arguments into words, but treats the name as a single word. */
function splitName(command: SimpleCommandNode, hasFunctions: boolean): SimpleCommandNode {
  if (!command.name || !isExpanded(command.name)) return command;
  const words = [command.name, ...command.args];
  if (!hasFunctions) return { ...command, name: word('command'), args: words };
  const call = mapTree(word(`"$(printf '%q ' sandpod)"`), (node) => {
    if (node.type !== 'SimpleCommand') return node;
    const printf = node as unknown as SimpleCommandNode;
    return { ...printf, args: [...printf.args.slice(0, 1), ...words] };
  });
  return { ...command, name: word('eval'), args: [call] };
}

/** Makes a pattern that ends in a slash match only directories. just-bash would also match files, and would omit the slash. */
function onlyDirectories(pattern: WordNode): WordNode {
  const last = pattern.parts.at(-1);
  if (last?.type !== 'Literal' || !last.value.endsWith('/') || !pattern.parts.some(({ type }) => type === 'Glob')) return pattern;
  const shorter = last.value.slice(0, -1);
  const parts = [...pattern.parts.slice(0, -1), ...(shorter === '' ? [] : [{ ...last, value: shorter }])];
  return mapTree(word(`$(${directoriesName} sandpod)`), (node) =>
    node.type === 'SimpleCommand' ? { ...node, args: [{ type: 'Word', parts }] } : node,
  );
}

/** Makes each assignment of a command a separate command. In `IFS=, list=($x)`, just-bash sets `IFS` only after it has split `$x`. */
function separateAssignments(command: SimpleCommandNode): unknown {
  if (command.name || command.assignments.length < 2 || command.redirections.length > 0) return command;
  const [statement] = parse(':').statements;
  const [pipeline] = statement?.pipelines ?? [];
  if (!statement || !pipeline) return command;
  const body = command.assignments.map((assignment) => ({
    ...statement,
    pipelines: [{ ...pipeline, commands: [{ ...command, assignments: [assignment] }] }],
  }));
  return { type: 'Group', body, redirections: [] };
}

const defaults = new Set(['DefaultValue', 'AssignDefault', 'UseAlternative', 'ErrorIfUnset']);

/**
 * Returns true for `${x:-y}` and similar expansions. With `set -u`, just-bash rejects such an expansion if the quotes contain
 * nothing else.
 */
function hasDefault(node: TreeNode | undefined): boolean {
  const operation = node?.type === 'ParameterExpansion' ? (node['operation'] as TreeNode | null) : null;
  return operation !== null && defaults.has(operation.type) && !/[@*]/.test(String(node?.['parameter']));
}

function repairCommand(node: SimpleCommandNode, hasFunctions: boolean): unknown {
  const command = { ...node, args: node.args.map(onlyDirectories) };
  return command.name ? splitName(command, hasFunctions) : separateAssignments(command);
}

function isTrap({ name }: SimpleCommandNode): boolean {
  const [part, ...rest] = name?.parts ?? [];
  return part?.type === 'Literal' && part.value === 'trap' && rest.length === 0;
}

/** Replaces `trap` in a subshell. An EXIT handler that is set in a subshell would have to run at the end of that subshell. */
function withoutTraps(node: TreeNode): unknown {
  return mapTree(node, (inner) => {
    if (inner.type !== 'SimpleCommand' || !isTrap(inner as unknown as SimpleCommandNode)) return inner;
    return { ...inner, name: word(nestedTrapName) };
  });
}

/**
 * Rewrites constructs that just-bash runs differently from bash: command names that expand to several words, `*` followed by a
 * slash, `for x; do`, quoted defaults with `set -u`, several assignments in one command, `"${list[*]}"` with `IFS`, associative arrays
 * that are declared with elements, and arithmetic commands. Refuses EXIT handlers in subshells.
 */
export function repairScript(script: ScriptNode): ScriptNode {
  const hoisted = hoistSubstitutions(correctArithmetic(joinArrays(declareFirst(script))));
  return repairNodes(hoisted, functionStatements(hoisted).length > 0);
}

/** In `${x//%/y}`, which replaces all matches, `%` and `#` are plain characters. just-bash reads them as the end and the start. */
function withoutAnchor(node: TreeNode): TreeNode {
  const { anchor, all, pattern } = node as unknown as { readonly anchor: string | null; readonly all: boolean; readonly pattern: WordNode };
  if (!all || anchor === null) return node;
  const character = { type: 'Escaped', value: anchor === 'end' ? '%' : '#' };
  return { ...node, anchor: null, pattern: { ...pattern, parts: [character, ...pattern.parts] } };
}

function repairNodes(script: ScriptNode, hasFunctions: boolean): ScriptNode {
  return mapTree(script, (node) => {
    switch (node.type) {
      case 'SimpleCommand':
        return repairCommand(node as unknown as SimpleCommandNode, hasFunctions);
      case 'For': {
        const words = node['words'] as readonly WordNode[] | null;
        return { ...node, words: words === null ? [word('"$@"')] : words.map(onlyDirectories) };
      }
      case 'PatternReplacement':
        return withoutAnchor(node);
      case 'DoubleQuoted': {
        const parts = node['parts'] as readonly TreeNode[];
        const isAlone = parts.length === 1 && hasDefault(parts[0]);
        return isAlone ? { ...node, parts: [{ type: 'Literal', value: '' }, ...parts] } : node;
      }
      case 'Subshell':
      case 'CommandSubstitution':
      case 'ProcessSubstitution':
        return withoutTraps(node);
      default:
        return node;
    }
  });
}
