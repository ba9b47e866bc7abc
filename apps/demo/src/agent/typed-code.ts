import { type CodeBlock, type ExecutorCapabilities, extractCodeBlocks, type LanguageCapability } from '@sandpod/core';
import type { Reply, Script } from './scripted-model.ts';

/** The fenced code of what a person typed; a fence without a language is taken to be Python. */
export function typedCode(text: string): readonly CodeBlock[] {
  return extractCodeBlocks(text, { defaultLanguage: 'python' }).filter(({ code }) => code.trim() !== '');
}

type Languages = Pick<ExecutorCapabilities, 'languages'>;

/** The language of a block, where the sandbox runs it rather than only saves it. */
export function findRunnable({ language }: CodeBlock, { languages }: Languages): LanguageCapability | undefined {
  const name = language.toLowerCase();
  return languages.find(({ id, aliases, policy }) => policy === 'run' && [id, ...aliases].includes(name));
}

/** Runs the blocks as they are, in order, up to the first failure. */
export function typedCodeScript(blocks: readonly CodeBlock[], capabilities: Languages): Script {
  const runnable = capabilities.languages.filter(({ policy }) => policy === 'run');
  return ({ reports }) => {
    const last = reports.at(-1);
    const block = blocks[reports.length];
    if (last && !last.isOk) return { text: afterFailure(blocks.length - reports.length, last.isDenied) };
    if (!block)
      return { text: blocks.length === 1 ? 'That was your code, run as it is.' : 'Those were your code blocks, run as they are.' };
    const language = findRunnable(block, capabilities);
    return language ? { code: { code: block.code, language: language.id } } : unknownLanguage(block.language, runnable);
  };
}

function afterFailure(remaining: number, isDenied: boolean): string {
  const rest = remaining > 0 ? ` What came after it was not run (${remaining} ${remaining === 1 ? 'block' : 'blocks'}).` : '';
  return `${isDenied ? 'It was not run, as you decided.' : 'Your code did not end well; what it reported is above.'}${rest}`;
}

function unknownLanguage(language: string, runnable: readonly { readonly id: string }[]): Reply {
  const known = runnable.map(({ id }) => `\`${id}\``).join(', ');
  return { text: `This sandbox does not run ${JSON.stringify(language)}; it runs ${known}. Name one of them after the opening fence.` };
}
