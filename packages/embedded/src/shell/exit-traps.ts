import { parse, type ScriptNode, type SimpleCommandNode } from 'just-bash';
import { mapTree, nodesOf, simpleCommand } from './syntax-tree.ts';

/** The variable that contains the EXIT handler while a script runs. */
export const trapVariable = '__sandpod_trap';
/** The command that runs just before the EXIT handler runs in the script itself. */
export const trapDoneName = 'sandpod:trap-done';

const exitFunction = '__sandpod_exit';

// A subshell has another BASHPID. The handler runs once, with all variables of the script.
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

/** Runs the EXIT handler at each `exit` and at the end of a script. Other code runs the handler if an error ends the script. */
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
