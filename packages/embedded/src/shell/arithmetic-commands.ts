import { parse, type ScriptNode } from 'just-bash';
import { firstCommand, mapTree, nodesOf, type TreeNode } from './syntax-tree.ts';

/** Matches an arithmetic command that begins with `!`, at the start of a statement or after an operator between commands. */
const NEGATED = /(^|&&|\|\||!)(\s*)\(\(\s*!/g;

/**
 * Corrects arithmetic commands that just-bash parses incorrectly. `((a<=b))` without spaces would be an error, because just-bash reads `<`
 * and `=b`. `((!a))` would run the command `a` in a subshell.
 */
export function correctArithmetic(script: ScriptNode): ScriptNode {
  return mapTree(script, (node) => {
    if (node.type === 'Statement') return withNegations(node);
    return node.type === 'ArithmeticCommand' ? withOperators(node) : node;
  });
}

function withOperators(node: TreeNode): TreeNode {
  if (nodesOf(node['expression'], 'ArithSyntaxError').length === 0) return node;
  const { originalText } = node['expression'] as { readonly originalText?: string };
  const corrected = originalText?.replace(/([<>|&]) =/g, ' $1= ');
  if (corrected === undefined || corrected === originalText) return node;
  const command = firstCommand(`((${corrected}))`);
  return command?.type === 'ArithmeticCommand' ? { ...node, expression: command.expression } : node;
}

function withNegations(node: TreeNode): unknown {
  const { sourceText = '' } = node as { readonly sourceText?: string };
  const corrected = sourceText.replace(NEGATED, '$1$2((0||!');
  if (corrected === sourceText) return node;
  const [statement, ...others] = parse(corrected).statements;
  return statement === undefined || others.length > 0 ? node : correctArithmetic({ type: 'Script', statements: [statement] }).statements[0];
}
