import { chooseModel, type ModelChoice } from './agent/choose-model.ts';
import { bugText } from './bug-text.ts';
import { type DemoOptions, HELP, parseDemoOptions } from './demo-options.ts';
import { UsageError } from './usage-error.ts';

const EXIT_USAGE = 2;
const EXIT_FAILED = 125;

/** Runs the demo that this process was started for, then ends the process. */
export async function runProcess(): Promise<never> {
  // Warnings of the AI SDK are for programmers; a person has a chat open.
  Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });
  // A reader that has gone must not keep us from removing the sandboxes.
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

/** A bug of ours must not leave sandboxes behind either: it ends the demo as a polite kill does. */
function cleanUpAfterAccidents(): { happened: boolean } {
  const state = { happened: false };
  process.on('uncaughtException', (error) => {
    process.stderr.write(tell(error));
    if (state.happened || !process.emit('SIGTERM')) process.exit(EXIT_FAILED);
    state.happened = true;
  });
  return state;
}

/** As the first argument: says only what is wrong with the others; for whoever has work to do before the start. */
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
