import { parse, type ScriptNode, type SimpleCommandNode } from 'just-bash';
import { mapTree, nodesOf, simpleCommand } from './syntax-tree.ts';

/** The variable that contains the EXIT handler while a script runs. */
export const trapVariable = '__sandpod_trap';
/** The name of the command that runs just before the script itself runs the EXIT handler. */
export const trapDoneName = 'sandpod:trap-done';

const exitFunction = '__sandpod_exit';

// A subshell has a different BASHPID. The handler therefore runs only once, in the script itself, with all of the script's variables.
const definition = `${exitFunction}() {
  __sandpod_status=$?
  [ $# -gt 0 ] && __sandpod_status=$1
  if [ "$BASHPID" = "$$" ] && [ "\${${trapVariable}-}" != "" ]; then
    __sandpod_handler=$${trapVariable}
    ${trapVariable}=
    ${trapDoneName}
    set +e
    (exit $__sandpod_status)
    eval "$__sandpod_handler"
  fi
  exit $__sandpod_status
}`;

function nameOf(command: SimpleCommandNode): string | undefined {
  const [part, ...rest] = command.name?.parts ?? [];
  return part?.type === 'Literal' && rest.length === 0 ? part.value : undefined;
}

function usesTraps(script: ScriptNode): boolean {
  return nodesOf(script, 'SimpleCommand').some((node) => nameOf(node as unknown as SimpleCommandNode) === 'trap');
}

/**
 * Changes a script so that it runs its EXIT handler at each `exit` and at its end. If an error ends the script, other code runs
 * the handler.
 */
export function withExitTraps(script: ScriptNode): ScriptNode {
  if (!usesTraps(script)) return script;
  const call = parse(exitFunction).statements;
  const { name } = simpleCommand(exitFunction);
  const changed = mapTree(script, (node) => {
    if (node.type !== 'SimpleCommand' || nameOf(node as unknown as SimpleCommandNode) !== 'exit') return node;
    return { ...node, name };
  });
  return { ...changed, statements: [...parse(definition).statements, ...changed.statements, ...call] };
}
