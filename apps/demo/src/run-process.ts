import { chooseModel, type ModelChoice } from './agent/choose-model.ts';
import { bugText } from './bug-text.ts';
import { type DemoOptions, HELP, parseDemoOptions } from './demo-options.ts';
import { UsageError } from './usage-error.ts';

const EXIT_USAGE = 2;
const EXIT_FAILED = 125;

/** Runs the demo, then ends the process. */
export async function runProcess(): Promise<never> {
  // Warnings from the AI SDK are for programmers, and would disturb the chat.
  Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });
  // Sandboxes must be removed even if the reader has closed the output.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const accidents = cleanUpAfterAccidents();
  try {
    const exitCode = await run(process.argv.slice(2));
    process.exit(accidents.happened ? EXIT_FAILED : exitCode);
  } catch (error) {
    process.stderr.write(tell(error));
    process.exit(error instanceof UsageError ? EXIT_USAGE : EXIT_FAILED);
  }
}

/** After an unexpected error, ends the demo in the same way as SIGTERM, so that no sandboxes are left behind. */
function cleanUpAfterAccidents(): { happened: boolean } {
  const state = { happened: false };
  process.on('uncaughtException', (error) => {
    process.stderr.write(tell(error));
    if (state.happened || !process.emit('SIGTERM')) process.exit(EXIT_FAILED);
    state.happened = true;
  });
  return state;
}

/** If this is the first argument, the demo only checks the other arguments. For scripts that must do work before the start. */
const CHECK_FLAG = '--check';

async function run(argv: readonly string[]): Promise<number> {
  const isCheck = argv[0] === CHECK_FLAG;
  const options = parseDemoOptions(isCheck ? argv.slice(1) : argv, process.env);
  if (options === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  const choice = chooseModel(process.env);
  return isCheck ? 0 : start(options, choice);
}

async function start(options: DemoOptions, choice: ModelChoice): Promise<number> {
  if (options.isTerminal) return (await import('./terminal/run-terminal.ts')).runTerminal(options, choice);
  return (await import('./server/run-server.ts')).runServer(options, choice);
}

function tell(error: unknown): string {
  if (error instanceof UsageError) return `demo: ${error.message}\n${error.advice}\n`;
  return bugText(error);
}
