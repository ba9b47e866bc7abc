import { parse, type ScriptNode, type StatementNode } from 'just-bash';
import { mapTree, nodesOf, simpleCommand, type TreeNode } from './syntax-tree.ts';

/** The name of the command that reports its argument. If a script runs it, the exit code of the script is not 0. */
export const unsupportedName = 'sandpod:unsupported';

/** The prefix of the variables that contain the output of the commands. */
const PREFIX = '__sandpod_value_';

interface Hoisted {
  /** `NAME=$(command)` for each command substitution in the expression. */
  readonly assignments: readonly StatementNode[];
  /** The expression, in which these variables replace the substitutions. */
  readonly expression: unknown;
}

/**
 * Rewrites command substitutions in arithmetic. just-bash runs them in a new shell, which lacks functions, positional parameters
 * and variables that are not exported: `$(( $(echo $x) + 1 ))` would be 1. After the rewrite, the substitutions run directly
 * before the expression.
 *
 * Two cases are refused: a loop `for ((...))`, which evaluates its expressions several times, and an assignment in `$((...))`,
 * which must outlive the expression.
 */
export function hoistSubstitutions(script: ScriptNode): ScriptNode {
  return mapTree(script, (node) => {
    switch (node.type) {
      case 'ArithmeticExpansion':
        return hasSubstitution(node['expression']) ? expansionOf(hoist(node['expression'])) : node;
      case 'ArithmeticCommand':
        return hasSubstitution(node['expression']) ? commandOf(node, hoist(node['expression'])) : node;
      case 'CStyleFor':
        return ['init', 'condition', 'update'].some((part) => hasSubstitution(node[part]))
          ? simpleCommand(refusal('for ((...)): command substitutions and defaults of elements in its expressions are'))
          : node;
      default:
        return node;
    }
  });
}

/** The types of the nodes that may have to be evaluated before the expression. */
const HOISTED = ['ArithCommandSubst', 'ArithBracedExpansion', 'ArithArrayElement', 'ArithAssignment', 'ArithConcat'];

function hasSubstitution(expression: unknown): boolean {
  const isHoisted = (node: TreeNode): boolean => isSubstitution(node) || keyOf(node) !== undefined || isBased(node);
  return HOISTED.some((type) => nodesOf(expression, type).some(isHoisted));
}

/** Returns the key of an element if its text must be built first. */
function keyOf(node: TreeNode): string | undefined {
  return keyText(node['index'] ?? node['subscript']);
}

/** Returns the text of a key such as `$i,$k`, which just-bash evaluates as a number. Returns undefined for other subscripts. */
function keyText(subscript: unknown, isPart = false): string | undefined {
  const { type, operator, left, right, name, hasDollarPrefix, value } = (subscript ?? {}) as Readonly<Record<string, unknown>>;
  if (type === 'ArithBinary' && operator === ',') {
    const parts = [keyText(left, true), keyText(right, true)];
    return parts.includes(undefined) ? undefined : parts.join(',');
  }
  if (!isPart) return undefined;
  if (type === 'ArithVariable') return hasDollarPrefix ? `\${${String(name)}}` : String(name);
  return type === 'ArithNumber' ? String(value) : undefined;
}

/** Returns true for `10#${value}`. just-bash evaluates it to 0, but `10#$value` to the number. */
function isBased({ type, parts }: TreeNode): boolean {
  const [base, digits, ...others] = type === 'ArithConcat' ? (parts as readonly TreeNode[]) : [];
  const isDigits = digits?.type === 'ArithBracedExpansion' || String(digits?.['name']).startsWith(PREFIX);
  return base?.type === 'ArithNumber' && others.length === 0 && isDigits;
}

/** Returns true for `$(command)`, for `${name:-$(command)}`, and for `${list[key]:-0}`, which just-bash always replaces with the default. */
function isSubstitution({ type, content }: TreeNode): boolean {
  return type === 'ArithCommandSubst' || (type === 'ArithBracedExpansion' && /\$\(|`|^\w+\[.*\]./s.test(String(content)));
}

function hoist(expression: unknown): Hoisted {
  const assignments: StatementNode[] = [];
  const text = String((expression as TreeNode)['originalText']);
  const newName = (): string => `${PREFIX}${assignments.length}`;
  const hoisted = (source: string): TreeNode => {
    const name = newName();
    assignments.push(...parse(`${name}=${source}`).statements);
    return { type: 'ArithVariable', name, hasDollarPrefix: true };
  };
  const changed = mapTree(expression, (node) => {
    if (node.type === 'ArithmeticExpression') return { ...node, originalText: undefined };
    if (isBased(node)) return hoisted(`$((${baseIn(text)}#$${digitsName(node, hoisted)}))`);
    const key = keyOf(node);
    if (key !== undefined) return { ...node, [node['index'] ? 'index' : 'subscript']: hoisted(`"${key}"`) };
    if (!isSubstitution(node)) return node;
    const name = newName();
    assignments.push(...assignmentOf(name, node));
    return { type: 'ArithVariable', name };
  });
  return { assignments, expression: changed };
}

/** Returns the number before `#${`, which the syntax tree does not contain. */
function baseIn(text: string): string {
  return /(\d+)#\$\{/.exec(text)?.[1] ?? '10';
}

function digitsName({ parts }: TreeNode, hoisted: (source: string) => TreeNode): string {
  const [, digits] = parts as readonly TreeNode[];
  return String(digits?.type === 'ArithBracedExpansion' ? hoisted(`\${${String(digits['content'])}}`)['name'] : digits?.['name']);
}

function assignmentOf(name: string, { type, content, command }: TreeNode): readonly StatementNode[] {
  if (type === 'ArithBracedExpansion') return hoistSubstitutions(parse(`${name}=\${${String(content)}}`)).statements;
  const body = hoistSubstitutions(parse(String(command)));
  return mapTree(parse(`${name}=$(:)`), (node) => (node.type === 'CommandSubstitution' ? { ...node, body } : node)).statements;
}

/**
 * Replaces `$(( … ))` with a command substitution, in which an assignment would be lost. Only the command `(( … ))` may contain
 * both assignments and command substitutions.
 */
function expansionOf({ assignments, expression }: Hoisted): unknown {
  const changes = ['ArithAssignment', 'ArithDynamicAssignment'].some((type) => nodesOf(expression, type).length > 0);
  if (changes || nodesOf(expression, 'ArithUnary').some(({ operator }) => operator === '++' || operator === '--'))
    return substitution(
      parse(refusal('$((...)): an assignment together with a command substitution or a default of an element is')).statements,
    );
  const [statement] = parse('echo $((0))').statements;
  const print = mapTree(statement, (node) => (node.type === 'ArithmeticExpansion' ? { ...node, expression } : node));
  return substitution([...assignments, print]);
}

function commandOf(node: TreeNode, { assignments, expression }: Hoisted): unknown {
  const [statement] = parse('((0))').statements;
  const evaluate = mapTree(statement, (inner) => (inner.type === 'ArithmeticCommand' ? { ...inner, expression } : inner));
  return { type: 'Group', body: [...assignments, evaluate], redirections: node['redirections'] };
}

function substitution(statements: readonly unknown[]): unknown {
  return { type: 'CommandSubstitution', legacy: false, body: { type: 'Script', statements } };
}

function refusal(what: string): string {
  return `${unsupportedName} '${what} not supported in this sandbox'`;
}
