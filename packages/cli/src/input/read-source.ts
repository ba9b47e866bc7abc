import { basename, extname } from 'node:path';
import { type CodeBlock, extractCodeBlocks } from '@sandpod/core';
import type { RunOptions } from '../arguments/run-options.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { decodeSource } from './decode-source.ts';
import { guessLanguage } from './guess-language.ts';
import { type InputSource, readBytes } from './read-bytes.ts';

const markdownExtensions = new Set(['.md', '.markdown', '.mdown', '.mkd']);
/** Maps extensions that are not an alias of their language to that language. */
const languageOfExtension: Readonly<Record<string, string>> = { '.mjs': 'javascript', '.cjs': 'javascript', '.pyw': 'python' };
/** Matches file names that are valid on every back end. For any other name, the executor chooses the file name. */
const portableName = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;

/** Reads the code to run: the code on the command line, the fenced blocks of a Markdown file, or a source file as a single block. */
export async function readSource(
  { input = '-', code, language }: Pick<RunOptions, 'input' | 'code' | 'language'>,
  source: InputSource,
): Promise<readonly CodeBlock[]> {
  if (code !== undefined) return [{ code, language: language ?? guessLanguage(code) }];
  const name = input === '-' ? 'Standard input' : input;
  const text = decodeSource(await readBytes(input, { ...source, option: 'The file' }), name);
  const extension = extname(input).toLowerCase();
  if (language === undefined && (input === '-' || markdownExtensions.has(extension))) return fencedBlocks(text, name);
  return [{ code: text, language: language ?? languageOf(input, extension), ...filenameOf(input) }];
}

function fencedBlocks(text: string, name: string): readonly CodeBlock[] {
  const blocks = extractCodeBlocks(text);
  if (blocks.length > 0) return blocks;
  throw new UsageError(`${name} contains no fenced code block.`, 'If it is code rather than Markdown, set its language: --language python');
}

function languageOf(input: string, extension: string): string {
  if (extension.length > 1) return languageOfExtension[extension] ?? extension.slice(1);
  throw new UsageError(`${input} has no file extension that identifies its language.`, 'Set the language: --language python');
}

/** Returns the input's file name, so that error messages of the program contain a name that the user recognizes. */
function filenameOf(input: string): { readonly filename?: string } {
  const filename = basename(input);
  return input !== '-' && portableName.test(filename) ? { filename } : {};
}
