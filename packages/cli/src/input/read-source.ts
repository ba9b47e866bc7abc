import { basename, extname } from 'node:path';
import { type CodeBlock, extractCodeBlocks } from '@sandpod/core';
import type { RunOptions } from '../arguments/run-options.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { decodeSource } from './decode-source.ts';
import { type InputSource, readBytes } from './read-bytes.ts';

const markdownExtensions = new Set(['.md', '.markdown', '.mdown', '.mkd']);
/** Extensions whose language has another name; any other extension is looked up as a language's alias. */
const languageOfExtension: Readonly<Record<string, string>> = { '.mjs': 'javascript', '.cjs': 'javascript', '.pyw': 'python' };
/** A name that means the same as a file's name everywhere; others are left to the executor. */
const portableName = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;

/** Reads the code of a command line: a file of one language is one block, Markdown is its fenced blocks. */
export async function readSource(
  { input, language }: Pick<RunOptions, 'input' | 'language'>,
  source: InputSource,
): Promise<readonly CodeBlock[]> {
  const name = input === '-' ? 'Standard input' : input;
  const text = decodeSource(await readBytes(input, { ...source, option: 'The file' }), name);
  const extension = extname(input).toLowerCase();
  if (language === undefined && (input === '-' || markdownExtensions.has(extension))) return fencedBlocks(text, name);
  return [{ code: text, language: language ?? languageOf(input, extension), ...filenameOf(input) }];
}

function fencedBlocks(text: string, name: string): readonly CodeBlock[] {
  const blocks = extractCodeBlocks(text);
  if (blocks.length > 0) return blocks;
  throw new UsageError(`${name} holds no fenced code block.`, 'If it is code and not Markdown, say in which language: --language python');
}

function languageOf(input: string, extension: string): string {
  if (extension.length > 1) return languageOfExtension[extension] ?? extension.slice(1);
  throw new UsageError(`${input} has no extension that tells its language.`, 'Say it: --language python');
}

/** The program keeps the name of its file, so that its error messages name what the user knows. */
function filenameOf(input: string): { readonly filename?: string } {
  const filename = basename(input);
  return input !== '-' && portableName.test(filename) ? { filename } : {};
}
