import { revealLine } from '@sandpod/core/text';
import { SCENES } from '../agent/scenes/all-scenes.ts';
import { listWorkspace } from '../session/list-workspace.ts';
import type { Session } from '../session/session.ts';
import { saveFile } from './save-file.ts';

/** The next step after a command: ask the agent, print lines, or exit. */
export type CommandResult = { readonly ask: string } | { readonly say: readonly string[] } | 'quit';

export const COMMAND_HELP: readonly string[] = [
  ...SCENES.map(({ title, prompt }, index) => `  /${index + 1}  ${title}: "${prompt}"`),
  '  /files        list the files                  /save NAME  copy a file here',
  '  /approve      ask before code runs, or not    /quit       exit (or Ctrl-D)',
  '  Code between ``` lines runs as is. Ctrl-C stops a run.',
];

/** Executes a command. Resolves with undefined if the line is not a command. */
export async function runCommand(line: string, session: Session): Promise<CommandResult | undefined> {
  const [, word, rest = ''] = /^\/(\S+)\s*(.*)$/.exec(line.trim()) ?? [];
  if (word === undefined) return undefined;
  const scene = /^\d+$/.test(word) ? SCENES[Number(word) - 1] : undefined;
  if (scene) return { ask: scene.prompt };
  switch (word) {
    case 'help':
      return { say: COMMAND_HELP };
    case 'quit':
    case 'exit':
      return 'quit';
    case 'approve':
      session.needsApproval = !session.needsApproval;
      return { say: [session.needsApproval ? 'Code runs only after you approve it.' : 'Code runs without approval.'] };
    case 'files':
      return { say: await describeFiles(session) };
    case 'save':
      return { say: [rest === '' ? 'Expected the name of a file: /save NAME' : await saveFile(session, rest)] };
    default:
      return { say: [`There is no command /${word}.`, ...COMMAND_HELP] };
  }
}

async function describeFiles(session: Session): Promise<readonly string[]> {
  const { files, truncated } = await session.withFiles((sandbox, abortSignal) => listWorkspace(sandbox, abortSignal));
  if (files.length === 0) return ['There are no files.'];
  return [...files.map(({ path, size }) => `  ${revealLine(path)}  ${size} bytes`), ...(truncated ? ['  … and more'] : [])];
}
