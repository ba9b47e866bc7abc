import { ToolError } from '../tool-options.ts';

/** Returns the result of an arithmetic operator, or undefined for other operators. */
export function arithmetic(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '^':
      return left ** right;
    case '/':
    case '%':
      if (right === 0) throw new ToolError(`division by zero${operator === '%' ? ' in %' : ''}`);
      return operator === '/' ? left / right : left % right;
    default:
      return undefined;
  }
}
