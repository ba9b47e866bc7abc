import type { CallToolResult, ImageContent } from '@modelcontextprotocol/server';
import { type CodeResult, type Environment, OUTCOMES, toBase64 } from '@sandpod/core';
import { mapInTurns, Pace } from '@sandpod/core/backend';
import { z } from 'zod';
import {
  cleanBounded,
  cleanLine,
  foldBinary,
  type ReadableResult,
  type ResultImage,
  resultImages,
  resultText,
  shownPath,
} from '../shared/index.ts';
import { fileLink } from './file-resource.ts';

/** Longer than any reason of sandpod. A reason can contain text from a guest. */
const MAX_REASON_CHARACTERS = 10_000;
/** Maximum number of files that are listed. */
const MAX_FILES = 1_000;

/** Maximum number of links to files in one result. */
const MAX_LINKS = 50;

/** The parts of a result that a client receives. */
export type RunResult = ReadableResult & Pick<CodeResult, 'stdout' | 'stderr' | 'durationMs' | 'truncated' | 'files'>;

/** The structured content returned by `run_code` and `run_command`. */
export const RUN_OUTPUT_SCHEMA: z.ZodType<RunOutput, RunOutput> = z.object({
  outcome: z.enum(OUTCOMES).describe('The outcome of the run; ok and failed mean that the program ended by itself.'),
  exitCode: z.number().int().nullable().describe('null unless the program ended by itself.'),
  stdout: z.string(),
  stderr: z.string(),
  truncated: z.boolean().describe('True if some of the output was left out.'),
  files: z
    .array(z.object({ path: z.string(), size: z.number(), mediaType: z.string() }))
    .describe('Files created or changed; at most 1,000.'),
  durationMs: z.number(),
  stateLost: z.boolean().describe('True if files from earlier calls are gone.'),
  reason: z.string().optional().describe('The reason why the run ended.'),
});

interface RunOutput {
  outcome: (typeof OUTCOMES)[number];
  exitCode: number | null;
  stdout: string;
  stderr: string;
  truncated: boolean;
  files: { path: string; size: number; mediaType: string }[];
  durationMs: number;
  stateLost: boolean;
  reason?: string | undefined;
}

interface AnswerOptions {
  readonly maxCharacters: number;
  readonly environment: Environment | undefined;
  /** Whether the result links to the files. */
  readonly hasLinks: boolean;
}

/**
 * Converts a result for an MCP client: text, images and links for the model, structured content for programs. Regularly lets the event
 * loop run.
 */
export async function runAnswer(given: RunResult, { maxCharacters, environment, hasLinks }: AnswerOptions): Promise<CallToolResult> {
  const texts = [given.output, given.stdout, given.stderr];
  const [output = '', stdout = '', stderr = ''] = await mapInTurns(texts, { map: foldBinary });
  const result = { ...given, output, stdout, stderr };
  const map = ({ mediaType, data }: ResultImage): ImageContent => ({ type: 'image', mimeType: mediaType, data: toBase64(data) });
  const images = await mapInTurns(resultImages(result), { map });
  const links = hasLinks ? result.files.slice(0, MAX_LINKS).map(fileLink) : [];
  const structuredContent = { ...(await structured(result, maxCharacters)) };
  return {
    content: [{ type: 'text', text: resultText(result, { maxCharacters, environment }) }, ...images, ...links],
    structuredContent,
    isError: result.outcome !== 'ok',
  };
}

async function structured(result: RunResult, maxCharacters: number): Promise<RunOutput> {
  const { outcome, exitCode, files, durationMs, stateLost, reason } = result;
  const pace = new Pace();
  const stdout = cleanBounded(result.stdout, maxCharacters);
  if (pace.isDue) await pace.turn();
  const stderr = cleanBounded(result.stderr, maxCharacters);
  return {
    outcome,
    exitCode,
    stdout: String(stdout),
    stderr: String(stderr),
    truncated: result.truncated !== undefined || stdout.isCut || stderr.isCut,
    files: await mapInTurns(files.slice(0, MAX_FILES), { map: showFile }),
    durationMs: Math.round(durationMs),
    stateLost,
    ...(reason !== undefined && { reason: cleanLine(reason.slice(0, MAX_REASON_CHARACTERS)) }),
  };
}

function showFile({ path, size, mediaType }: RunResult['files'][number]): RunOutput['files'][number] {
  return { path: shownPath(path), size, mediaType };
}
