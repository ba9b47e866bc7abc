import { type CodeBlock, type ExecutorCapabilities, extractCodeBlocks, findLanguage, type LanguageCapability } from '@sandpod/core';
import type { Script } from './scripted-model.ts';
import type { CallReport } from './turn.ts';

/** The fenced code of what a person typed; a fence without a language is taken to be Python. */
export function typedCode(text: string): readonly CodeBlock[] {
  return extractCodeBlocks(text, { defaultLanguage: 'python' }).filter(({ code }) => code.trim() !== '');
}

type Languages = Pick<ExecutorCapabilities, 'languages'>;

/** The language of a block, where the sandbox runs it rather than only saves it. */
export function findRunnable({ language }: CodeBlock, { languages }: Languages): LanguageCapability | undefined {
  const found = findLanguage(languages, language);
  return found?.policy === 'run' ? found : undefined;
}

/** Runs the blocks as they are, in order, up to the first failure or the first that the sandbox does not run. */
export function typedCodeScript(blocks: readonly CodeBlock[], capabilities: Languages): Script {
  const runnable = capabilities.languages.filter(({ policy }) => policy === 'run');
  return ({ reports }) => {
    const last = reports.at(-1);
    const block = blocks[reports.length];
    if (last && !last.isOk) return { text: `${failure(last)}${unrun(blocks.length - reports.length)}` };
    if (!block)
      return { text: blocks.length === 1 ? 'That was your code, run as it is.' : 'Those were your code blocks, run as they are.' };
    const language = findRunnable(block, capabilities);
    if (language) return { code: { code: block.code, language: language.id } };
    return { text: `${unknownLanguage(block.language, runnable)}${unrun(blocks.length - reports.length - 1)}` };
  };
}

function failure({ isDenied }: CallReport): string {
  return isDenied ? 'It was not run, as you decided.' : 'Your code did not end well; what it reported is above.';
}

function unrun(blocks: number): string {
  return blocks > 0 ? ` What came after it was not run (${blocks} ${blocks === 1 ? 'block' : 'blocks'}).` : '';
}

function unknownLanguage(language: string, runnable: readonly { readonly id: string }[]): string {
  const known = runnable.map(({ id }) => `\`${id}\``).join(', ');
  return `This sandbox does not run ${JSON.stringify(language)}; it runs ${known}. Name one of them after the opening fence.`;
}
