import type { CodeBlock, CodeExecutor, CodeResult, ExecuteOptions, SandboxFiles } from '@sandpod/core';
import { quoteVisibly } from '@sandpod/core/text';
import { parseRunArguments } from '../arguments/parse-run-arguments.ts';
import type { RunOptions } from '../arguments/run-options.ts';
import { EXIT_CODES, exitCodeOfResult } from '../exit-code.ts';
import { type InputSource, readBytes } from '../input/read-bytes.ts';
import { readSource } from '../input/read-source.ts';
import { readUploads } from '../input/read-uploads.ts';
import { selectRunnable } from '../input/select-runnable.ts';
import { countMadeFiles } from '../output/count-made-files.ts';
import { OutputDirectory } from '../output/output-directory.ts';
import { type SavedFiles, saveFiles } from '../output/save-files.ts';
import { resultDocument } from '../render/json-document.ts';
import { Screen } from '../render/screen.ts';
import { showEvents } from '../render/show-events.ts';
import { summarize } from '../render/summary.ts';
import type { Command, CommandContext } from './command.ts';
import { openExecutor } from './open-executor.ts';
import { RUN_HELP } from './run-help.ts';

/** The command `sandpod run`. */
export const runCommand: Command = { summary: 'Run a code file, or the code blocks of a Markdown file', help: RUN_HELP, run };

/** A run of the command. */
interface Run {
  readonly options: RunOptions;
  readonly context: CommandContext;
  readonly screen: Screen;
}

/** The end of a run. */
interface End {
  readonly result: CodeResult;
  readonly files: SavedFiles | undefined;
  /** Number of files that the run made and that are not saved. */
  readonly made: number;
  /** Number of blocks to run. */
  readonly total: number;
}

async function run(argv: readonly string[], context: CommandContext): Promise<number> {
  const options = parseRunArguments(argv, context.env);
  if (options === 'help') {
    await context.stdout.write(RUN_HELP);
    return 0;
  }
  const screen = openScreen(options, context);
  const running: Run = { options, context, screen };
  let end: End | undefined;
  try {
    await using executor = await openExecutor(options);
    end = await runWith(running, executor);
  } finally {
    await screen.clearProgress();
    // The sandbox is gone by now, so a slow reader does not keep it alive.
    if (end) await conclude(running, end);
  }
  return exitCodeOf(end);
}

function exitCodeOf({ result, files }: End): number {
  const code = exitCodeOfResult(result);
  return code === 0 && files && files.unsaved.length > 0 ? EXIT_CODES.failed : code;
}

function openScreen(options: RunOptions, { stdout, stderr, env }: CommandContext): Screen {
  const canRewrite = env['TERM'] !== 'dumb';
  const hasColors = canRewrite && !env['NO_COLOR'];
  return new Screen({ stdout, stderr, hasColors, canRewrite, isQuiet: options.quiet, isVerbose: options.verbose });
}

async function runWith({ options, context, screen }: Run, executor: CodeExecutor): Promise<End> {
  const source = { stdin: context.stdin, abortSignal: context.abortSignal };
  const found = await readSource(options, source);
  const executeOptions = await readExecuteOptions(options, source);
  const directory = options.out === undefined ? undefined : await OutputDirectory.open(options.out);
  const blocks = await startAndSelect({ options, context, screen, executor }, found);
  const result = await showEvents(executor.stream(blocks, executeOptions), { screen, isJson: options.json, total: blocks.length });
  const sandboxFiles = result.stateLost ? undefined : executor.files;
  const files = directory && (await saveFiles(result.files, { directory, sandboxFiles, abortSignal: context.abortSignal }));
  const made = await countUnsaved({ result, sandboxFiles, options, executeOptions });
  return { result, files, made, total: blocks.length };
}

/** Counts the files that would be lost without a word. */
async function countUnsaved(end: {
  readonly result: CodeResult;
  readonly sandboxFiles: SandboxFiles | undefined;
  readonly options: RunOptions;
  readonly executeOptions: ExecuteOptions;
}): Promise<number> {
  const { result, sandboxFiles, options, executeOptions } = end;
  const { abortSignal = new AbortController().signal, files: uploads = [] } = executeOptions;
  const isShown = !options.json && !options.quiet && options.out === undefined;
  if (!isShown || sandboxFiles === undefined || (result.outcome !== 'ok' && result.outcome !== 'failed')) return 0;
  const codeFiles = result.blocks.map(({ codeFile }) => codeFile);
  // The result is complete without the number.
  return countMadeFiles(sandboxFiles, { uploads, codeFiles, abortSignal }).catch(() => 0);
}

async function readExecuteOptions(options: RunOptions, source: InputSource): Promise<ExecuteOptions> {
  return {
    abortSignal: source.abortSignal,
    timeoutMs: options.timeoutMs,
    cwd: options.cwd,
    env: options.env,
    args: options.args,
    files: await readUploads(options.files, source),
    stdin: options.stdin === undefined ? undefined : await readBytes(options.stdin, { ...source, option: '--stdin' }),
    collectFiles: options.json || options.out !== undefined,
  };
}

/** Starts the executor before selecting the blocks, because the executor detects its languages during the start. */
async function startAndSelect(
  { options, context, executor, screen }: Run & { readonly executor: CodeExecutor },
  found: readonly CodeBlock[],
): Promise<readonly CodeBlock[]> {
  const { abortSignal } = context;
  try {
    await executor.start({ abortSignal, onProgress: ({ message }) => void screen.progress(message) });
  } catch (error) {
    // The executor converts this abort to a result, as it does with any later abort.
    if (abortSignal.aborted) return found;
    throw error;
  }
  const { blocks, skipped } = selectRunnable(found, executor.capabilities.languages);
  if (!options.json) for (const note of skipped) await screen.notice(note);
  return blocks;
}

async function conclude({ options, context, screen }: Run, { result, files, made, total }: End): Promise<void> {
  for (const { path, reason } of files?.unsaved ?? [])
    await screen.notice(`${quoteVisibly(path)} was not saved: ${reason.replace(/\.$/, '')}.`);
  if (options.json) return context.stdout.write(resultDocument(result));
  const saved = files && files.saved.length > 0 ? `saved to ${options.out}: ${files.saved.join(', ')}` : '';
  if (result.outcome !== 'ok' || result.reason !== undefined) await screen.notice(summarize(result, total));
  else if (total > 1 || options.verbose) await screen.line(summarize(result, total));
  if (saved) await screen.line(saved);
  if (made > 0) await screen.notice(made === 1 ? '1 file was made; --out DIR saves it.' : `${made} files were made; --out DIR saves them.`);
}
