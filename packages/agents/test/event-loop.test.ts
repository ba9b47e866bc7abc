import { BUILTIN_LANGUAGES, type CodeExecutor, type CodeResult, findLanguage } from '@sandpod/core';
import { expect, test } from 'vitest';
import { findAnswerCode } from '../src/adk/find-answer-code.ts';
import { toOutputFiles } from '../src/adk/to-output-files.ts';
import { finalOutput } from '../src/ai-sdk/final-output.ts';
import { selectBlocks } from '../src/chat/select-blocks.ts';
import { runAnswer } from '../src/mcp/run-answer.ts';
import { cleanTextInTurns } from '../src/shared/clean-text.ts';
import { codeToMarkdown } from '../src/shared/code-to-markdown.ts';
import { longestBlockMs, MAX_BLOCK_MS } from './longest-block.ts';

/** The length of the largest code that tools accept. */
const CHARACTERS = 1_000_000;

/** Texts that took longest to read, show or clean. */
const TEXTS = ['\r', ' \n', '~~~\n', '> - > - ```py\n', 'a\u200b', '👩\u200d💻'].map(
  (piece) => [piece, piece.repeat(CHARACTERS / piece.length)] as const,
);

const executor = {
  capabilities: { languages: BUILTIN_LANGUAGES.map(({ id, aliases }) => ({ id, aliases, policy: 'run' })) },
} as unknown as CodeExecutor;

function resultWith(text: string): CodeResult {
  const files = Array.from({ length: 1_000 }, (_, index) => ({
    path: `${text.slice(0, 4_000)}${index}`,
    size: 1,
    mediaType: 'text/plain',
  }));
  const error = { name: text, value: text, traceback: [text, text] };
  return {
    outcome: 'failed',
    exitCode: 1,
    reason: text,
    output: text,
    stdout: text,
    stderr: text,
    files,
    results: [],
    blocks: [{ index: 0, language: 'python', outcome: 'failed', exitCode: 1, error }],
    stateLost: false,
    durationMs: 1,
  } as unknown as CodeResult;
}

test.each(TEXTS)(
  'a megabyte of %j does not hold the event loop',
  async (_, text) => {
    const prepareShell = findLanguage(BUILTIN_LANGUAGES, 'bash')?.prepare;
    const works = {
      'to find code in a chat': () => selectBlocks([{ source: 'writer', text }], { executor, sources: ['writer'] }),
      'to find code in an answer': () => findAnswerCode({ role: 'model', parts: [{ text }] }),
      'to show code': () => codeToMarkdown({ code: text, language: 'python' }),
      'to clean output': () => cleanTextInTurns(text),
      'to prepare shell code': async () => prepareShell?.(text, new AbortController().signal),
      'to answer over MCP': () => runAnswer(resultWith(text), { maxCharacters: 20_000, environment: undefined, hasLinks: true }),
      'to answer for a page': () =>
        finalOutput(resultWith(text), { language: 'python', maxOutputCharacters: 65_536, maxImageBytes: 4 * 1024 * 1024 }),
    };
    const blocks: Record<string, number> = {};
    for (const [name, work] of Object.entries(works)) blocks[name] = await longestBlockMs(work);
    expect(Object.entries(blocks).filter(([, ms]) => ms >= MAX_BLOCK_MS)).toEqual([]);
  },
  60_000,
);

test('files of 64 MiB become base64 without holding the event loop', async () => {
  const files = Array.from({ length: 4 }, (_, index) => ({
    path: `f${index}`,
    size: 16 * 1024 * 1024,
    mediaType: 'image/png',
    content: Buffer.alloc(16 * 1024 * 1024, index),
  }));
  expect(await longestBlockMs(() => toOutputFiles(files))).toBeLessThan(MAX_BLOCK_MS);
  const [first] = await toOutputFiles([{ path: 'f', size: 4, mediaType: 'image/png', content: Buffer.alloc(4_000_001, 'ab') }]);
  expect(Buffer.from(first?.content ?? '', 'base64')).toEqual(Buffer.alloc(4_000_001, 'ab'));
});
