import { mapTree, nodesOf, type TreeNode, word } from './syntax-tree.ts';

/**
 * Rewrites `"${list[*]}"` in scripts that set `IFS`. In assignments, here-documents and conditions, just-bash joins the elements with a
 * space, but bash joins them with the first character of `IFS`. just-bash joins `$*` correctly.
 */
export function joinArrays<Script>(script: Script): Script {
  if (!setsIfs(script)) return script;
  return mapTree(script, (node) => {
    if (node.type === 'DoubleQuoted') return withJoined(node);
    const field = UNQUOTED[node.type];
    const content = field === undefined ? undefined : (node[field] as TreeNode | null);
    return field && content ? { ...node, [field]: withJoined(content) } : node;
  });
}

/** Fields that contain a word that is not split although it is not in quotes. */
const UNQUOTED: Readonly<Record<string, string>> = { Assignment: 'value', HereDoc: 'content' };

function withJoined(word: TreeNode): TreeNode {
  return { ...word, parts: (word['parts'] as readonly TreeNode[]).map(joined) };
}

function setsIfs(script: unknown): boolean {
  if (nodesOf(script, 'Assignment').some(({ name }) => name === 'IFS')) return true;
  return nodesOf(script, 'Literal').some(({ value }) => String(value).startsWith('IFS='));
}

/** Replaces `${list[*]}` with `$(set -- "${list[@]}"; printf %s "$*")`. Does not change other parts. */
function joined(part: TreeNode): TreeNode {
  const separate = asSeparate(part);
  if (separate === undefined) return withJoinedDefault(part);
  const [substitution = part] = nodesOf(word('$(set -- "$sandpod"; printf %s "$*")'), 'CommandSubstitution');
  return mapTree(substitution, (node) => (node.type === 'ParameterExpansion' && node['parameter'] === 'sandpod' ? separate : node));
}

/** Rewrites the default in an expansion such as `${x:-${list[*]}}`. */
function withJoinedDefault(part: TreeNode): TreeNode {
  const operation = part['operation'] as TreeNode | null | undefined;
  const content = operation?.['word'] as TreeNode | null | undefined;
  return operation && content ? { ...part, operation: { ...operation, word: withJoined(content) } } : part;
}

/** Returns an expansion of all elements as an expansion to separate words. Returns undefined for any other part. */
function asSeparate(part: TreeNode): TreeNode | undefined {
  if (part.type !== 'ParameterExpansion') return undefined;
  const operation = part['operation'] as TreeNode | null;
  if (operation?.type === 'ArrayKeys' && operation['star']) return { ...part, operation: { ...operation, star: false } };
  const parameter = String(part['parameter']);
  if (!parameter.endsWith('[*]') || operation?.type === 'Length') return undefined;
  return { ...part, parameter: parameter.replace(/\[\*\]$/, '[@]') };
}
