import { createExecutor, type ExecutorConfig } from '@sandpod/sandpod';
import type { ModelChoice } from '../agent/choose-model.ts';
import { loadModel } from '../agent/load-model.ts';
import { backendOptionsFor, type DemoOptions } from '../demo-options.ts';
import { Session } from '../session/session.ts';
import { AnswerPrinter } from './answer-printer.ts';
import { COMMAND_HELP, runCommand } from './commands.ts';
import { LineSource } from './line-source.ts';
import { readMessage } from './read-message.ts';
import { StopKey } from './stop-key.ts';
import { TerminalChat } from './terminal-chat.ts';

/** Chats in the terminal until the user exits. Resolves with the exit code. */
export async function runTerminal(options: DemoOptions, choice: ModelChoice): Promise<number> {
  const { stdin: input, stdout: output } = process;
  const model = await loadModel(choice);
  const session = await openSession(options);
  const leave = (): void => {
    lines.close();
    void session.close();
  };
  using stopKey = new StopKey({ isBusy: () => session.isAnswering, stop: () => void session.stop(), leave });
  using lines = new LineSource({ input, output, onInterrupt: () => stopKey.press() });
  output.once('error', leave);
  const hasColors = output.isTTY === true && !process.env['NO_COLOR'];
  const write = (text: string): void => void output.write(text);
  const createPrinter = (): AnswerPrinter => new AnswerPrinter({ write, hasColors, columns: output.columns });
  const confirm = async (): Promise<boolean> => /^\s*y(es)?\s*$/i.test((await lines.ask('Run this? [y/N] ')) ?? '');
  const chat = new TerminalChat({ session, model, modelInfo: choice.info, createPrinter, confirm });
  output.write(greeting(options, choice));
  try {
    await converse({ session, chat, lines, stopKey, createPrinter });
  } finally {
    await session.close();
  }
  return stopKey.exitCode;
}

async function openSession({ backend, backendOptions, needsApproval }: DemoOptions): Promise<Session> {
  const config = { backend, options: await backendOptionsFor(backend, backendOptions) } as ExecutorConfig;
  const session = new Session({ backend, executor: await createExecutor(config), approval: needsApproval });
  session.warmUp();
  return session;
}

function greeting({ backend }: DemoOptions, { info }: ModelChoice): string {
  const answers =
    info.kind === 'scripted'
      ? 'scripted, because no model is set up (see --help); the code really runs'
      : `from ${info.name} (${info.kind})`;
  return `sandpod demo. Code runs on: ${backend}. Answers are: ${answers}.\n${COMMAND_HELP.join('\n')}\n`;
}

interface Conversation {
  readonly session: Session;
  readonly chat: TerminalChat;
  readonly lines: LineSource;
  readonly stopKey: StopKey;
  readonly createPrinter: () => AnswerPrinter;
}

async function converse(conversation: Conversation): Promise<void> {
  const { lines, stopKey, createPrinter } = conversation;
  for (;;) {
    stopKey.reset();
    const message = await readMessage((prompt) => lines.next(prompt), '\n> ');
    // A message that was incomplete when the user exited must not run.
    if (message === undefined || stopKey.exitCode !== 0) return;
    try {
      if ((await respond(message, conversation)) === 'quit') return;
    } catch (error) {
      createPrinter().failed(error);
    }
  }
}

async function respond(message: string, { session, chat, createPrinter }: Conversation): Promise<'quit' | undefined> {
  if (message.trim() === '') return undefined;
  const result = await runCommand(message, session);
  if (result === 'quit') return result;
  const printer = createPrinter();
  if (result && 'say' in result) for (const line of result.say) printer.line(line);
  else await chat.answer(result?.ask ?? message);
  return undefined;
}
