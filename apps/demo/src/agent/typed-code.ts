import { type CodeBlock, type ExecutorCapabilities, extractCodeBlocks, findLanguage, type LanguageCapability } from '@sandpod/core';
import type { Script } from './scripted-model.ts';
import type { CallReport } from './turn.ts';

/** Returns the fenced code blocks in a user's text. A block without a language is treated as Python. */
export function typedCode(text: string): readonly CodeBlock[] {
  return extractCodeBlocks(text, { defaultLanguage: 'python' }).filter(({ code }) => code.trim() !== '');
}

type Languages = Pick<ExecutorCapabilities, 'languages'>;

/** Returns the language of a block if the sandbox runs that language, otherwise undefined. */
export function findRunnable({ language }: CodeBlock, { languages }: Languages): LanguageCapability | undefined {
  const found = findLanguage(languages, language);
  return found?.policy === 'run' ? found : undefined;
}

/** Creates a script that runs the blocks as is, in order. It stops if a block fails or has a language that the sandbox does not run. */
export function typedCodeScript(blocks: readonly CodeBlock[], capabilities: Languages): Script {
  const runnable = capabilities.languages.filter(({ policy }) => policy === 'run');
  return ({ reports }) => {
    const last = reports.at(-1);
    const block = blocks[reports.length];
    if (last && !last.isOk) return { text: `${failure(last)}${unrun(blocks.length - reports.length)}` };
    if (!block) return { text: blocks.length === 1 ? 'Your code ran as is.' : 'Your code blocks ran as is.' };
    const language = findRunnable(block, capabilities);
    if (language) return { code: { code: block.code, language: language.id } };
    return { text: `${unknownLanguage(block.language, runnable)}${unrun(blocks.length - reports.length - 1)}` };
  };
}

function failure({ isDenied }: CallReport): string {
  return isDenied ? 'It did not run, because you denied it.' : 'Your code failed; its output is above.';
}

function unrun(blocks: number): string {
  return blocks > 0 ? ` The remaining ${blocks === 1 ? 'block' : `${blocks} blocks`} did not run.` : '';
}

function unknownLanguage(language: string, runnable: readonly { readonly id: string }[]): string {
  const known = runnable.map(({ id }) => `\`${id}\``).join(', ');
  return `This sandbox does not run ${JSON.stringify(language)}; it runs ${known}. Write one of these names after the opening fence.`;
}
