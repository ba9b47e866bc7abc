import { type CommandNode, parse, type SimpleCommandNode, type WordNode } from 'just-bash';

/** A node of the shell's syntax tree, without its specific type. */
export type TreeNode = Readonly<Record<string, unknown>> & { readonly type: string };

function isNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Replaces the nodes of a tree from the leaves to the root. */
export function mapTree<T>(value: T, replace: (node: TreeNode) => unknown): T {
  if (Array.isArray(value)) return value.map((each: unknown) => mapTree(each, replace)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, child]) => [key, mapTree(child, replace)]));
  return (isNode(copy) ? replace(copy) : copy) as T;
}

/** Returns all nodes of the given type. Outer nodes come before inner nodes. */
export function nodesOf(value: unknown, type: string): TreeNode[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap((child) => nodesOf(child, type));
  return isNode(value) && value.type === type ? [value, ...below] : below;
}

/** Returns the node of the first command. */
export function firstCommand(source: string): CommandNode | undefined {
  return parse(source).statements[0]?.pipelines[0]?.commands[0];
}

/** Returns the node of a command that is not a compound command. @throws {TypeError} for other source. */
export function simpleCommand(source: string): SimpleCommandNode {
  const command = firstCommand(source);
  if (command?.type !== 'SimpleCommand') throw new TypeError(`not a simple command: ${source}`);
  return command;
}

/** Returns the node of a word. @throws {TypeError} for other source. */
export function word(source: string): WordNode {
  const [first] = simpleCommand(`: ${source}`).args;
  if (!first) throw new TypeError(`not a word: ${source}`);
  return first;
}
