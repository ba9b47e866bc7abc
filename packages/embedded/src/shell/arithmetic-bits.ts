import { parse, type ScriptNode } from 'just-bash';
import { mapTree, nodesOf, type TreeNode } from './syntax-tree.ts';

const CHANGING = ['ArithAssignment', 'ArithDynamicAssignment', 'ArithCommandSubst'];
/** The longest JSON of an operand that is repeated. */
const LARGEST_OPERAND = 10_000;

/** Returns the expression in `source`, in which `A` and `B` stand for the operands. */
function template(source: string): (left: unknown, right: unknown) => unknown {
  const [expression] = nodesOf(parse(`echo $(( ${source} ))`), 'ArithmeticExpression');
  return (left, right) =>
    mapTree(expression?.['expression'], (node) => {
      if (node.type !== 'ArithVariable') return node;
      if (node['name'] === 'A') return left;
      return node['name'] === 'B' ? right : node;
    });
}

const SHIFT_LEFT = template('A * 2**B');
/** Division rounds toward zero, but a shift rounds down. */
const SHIFT_RIGHT = template('(A - (A % 2**B + 2**B) % 2**B) / 2**B');
const MASK = template('(A % (B + 1) + (B + 1)) % (B + 1)');

/**
 * Rewrites shifts, and `&` with a mask such as 255 or 0xFFFFFFFF, because just-bash calculates with 32 bits, so that `1<<32` would be 1.
 */
export function widenBits(script: ScriptNode): ScriptNode {
  return mapTree(script, (node) => {
    if (node.type !== 'ArithmeticExpression' || !hasBits(node)) return node;
    return { ...node, originalText: undefined, expression: mapTree(node['expression'], widened) };
  });
}

function hasBits(expression: TreeNode): boolean {
  const nodes = ['ArithBinary', 'ArithAssignment'].flatMap((type) => nodesOf(expression, type));
  return nodes.some(({ operator }) => /<<|>>|&(?!&)/.test(String(operator)));
}

function widened(node: TreeNode): unknown {
  if (node.type === 'ArithBinary') return operation(String(node['operator']), node['left'], node['right']) ?? node;
  if (node.type !== 'ArithAssignment' || node['subscript'] || node['stringKey'] !== undefined) return node;
  const variable = { type: 'ArithVariable', name: node['variable'] };
  const value = operation(String(node['operator']).replace(/=$/, ''), variable, node['value']);
  return value === undefined ? node : { ...node, operator: '=', value };
}

function operation(operator: string, left: unknown, right: unknown): unknown {
  if (operator === '<<') return SHIFT_LEFT(left, right);
  if (operator === '>>' && isSmall(left) && isSmall(right)) return SHIFT_RIGHT(left, right);
  if (operator !== '&') return undefined;
  if (isMask(right) && isSmall(left)) return MASK(left, right);
  return isMask(left) && isSmall(right) ? MASK(right, left) : undefined;
}

function isMask(operand: unknown): boolean {
  const { type, value } = operand as { readonly type?: string; readonly value?: unknown };
  return type === 'ArithNumber' && typeof value === 'number' && Number.isSafeInteger(value) && Number.isInteger(Math.log2(value + 1));
}

/** Returns true if an operand may be evaluated several times. */
function isSmall(operand: unknown): boolean {
  if (CHANGING.some((type) => nodesOf(operand, type).length > 0)) return false;
  if (nodesOf(operand, 'ArithUnary').some(({ operator }) => operator === '++' || operator === '--')) return false;
  return JSON.stringify(operand).length < LARGEST_OPERAND;
}
