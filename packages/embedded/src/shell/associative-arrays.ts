import { parse, type ScriptNode } from 'just-bash';
import { mapTree, type TreeNode } from './syntax-tree.ts';

/** Matches a declaration of associative arrays with elements: the command, its options, and the assignments. */
const DECLARATION =
  /^(declare|typeset|local|readonly)((?:\s+-[A-Za-z]+)*\s+-[A-Za-z]*A[A-Za-z]*(?:\s+-[A-Za-z]+)*)\s+([A-Za-z_]\w*\+?=\([\s\S]*)$/;

/**
 * Rewrites `declare -A map=([key]='two words')` to a declaration and an assignment. In an argument of `declare`, just-bash splits the
 * elements at blanks even if they are quoted, and does not run command substitutions.
 */
export function declareFirst(script: ScriptNode): ScriptNode {
  return mapTree(script, (node) => (node.type === 'Statement' ? separated(node) : node));
}

function separated(statement: TreeNode): TreeNode {
  const { pipelines, sourceText = '' } = statement as { readonly pipelines?: readonly unknown[]; readonly sourceText?: string };
  const [, command = '', options = '', assignments = ''] = DECLARATION.exec(sourceText) ?? [];
  const names = pipelines?.length === 1 ? namesIn(assignments) : undefined;
  if (names === undefined) return statement;
  const isReadonly = command === 'readonly' || /r/.test(options);
  const declaration = `${command === 'readonly' ? 'declare -g' : command}${options.replaceAll('r', '')} ${names}`;
  const lines = [declaration.replace(/ -(?= |$)/g, ''), assignments, ...(isReadonly ? [`readonly ${names}`] : [])];
  const group = { type: 'Group', body: parse(lines.join('\n')).statements, redirections: [] };
  const [pipeline] = pipelines as readonly TreeNode[];
  return { ...statement, pipelines: [{ ...pipeline, commands: [group] }] };
}

/** Returns the names of the arrays that are assigned, or undefined if the text contains anything else. */
function namesIn(assignments: string): string | undefined {
  if (assignments === '') return undefined;
  const [statement, ...others] = parse(assignments).statements;
  const [command] = statement?.pipelines[0]?.commands ?? [];
  if (others.length > 0 || command?.type !== 'SimpleCommand' || command.name || command.redirections.length > 0) return undefined;
  return command.assignments.every(({ array }) => array) ? command.assignments.map(({ name }) => name).join(' ') : undefined;
}
