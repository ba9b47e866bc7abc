import { codeFileName } from '../blocks/code-file-name.ts';
import { findFilenameDirective } from '../blocks/filename-directive.ts';
import type { CodeBlock } from '../contract/code-block.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import type { Language } from '../languages/language.ts';
import type { LanguageRegistry } from '../languages/language-registry.ts';
import { parseCodeFileName } from '../paths/workspace-path.ts';
import type { Session } from './session.ts';

/** What is to be done with one block. */
export type BlockPlan =
  | { readonly kind: 'refuse'; readonly language: string; readonly reason: string }
  | { readonly kind: 'save'; readonly language: string; readonly codeFile: string; readonly code: string }
  | {
      readonly kind: 'run';
      readonly language: string;
      readonly codeFile: string;
      readonly code: string;
      readonly interpreter: readonly [string, ...string[]];
      readonly env: Readonly<Record<string, string>>;
    };

/** Decides language, file and policy of a block before anything is touched. */
export function planBlock(block: CodeBlock, context: { readonly registry: LanguageRegistry; readonly session: Session }): BlockPlan {
  const { registry, session } = context;
  const language = registry.find(block.language);
  if (language === undefined) return refuse(block.language, unknownLanguage(block.language, registry));
  const code = language.prepare?.(block.code) ?? block.code;
  const codeFile = nameFile(block, { language, code, workspace: session.sandbox.workspace });
  if (codeFile instanceof Error) return refuse(language.id, codeFile.message);
  if (registry.policyOf(language) === 'save') return { kind: 'save', language: language.id, codeFile, code };
  const interpreter = session.interpreters.get(language.id);
  if (interpreter === undefined) return refuse(language.id, noInterpreter(language, session));
  return { kind: 'run', language: language.id, codeFile, code, interpreter, env: language.env ?? {} };
}

function refuse(language: string, reason: string): BlockPlan {
  return { kind: 'refuse', language, reason };
}

function nameFile(
  block: CodeBlock,
  options: { readonly language: Language; readonly code: string; readonly workspace: string },
): string | SandpodError {
  const name = block.filename ?? findFilenameDirective(block.code, options.language);
  if (name === undefined) return codeFileName(options.code, options.language.extension);
  try {
    return parseCodeFileName(name, options.workspace);
  } catch (error) {
    if (!SandpodError.isInstance(error)) throw error;
    return new SandpodError({ code: error.code, message: `Filename is not in the workspace: ${error.message}`, cause: error });
  }
}

function unknownLanguage(name: string, registry: LanguageRegistry): string {
  const given = name === '' ? 'The block names no language' : `Unknown language ${JSON.stringify(name)}`;
  return `${given}; supported: ${registry.supportedNames()}.`;
}

function noInterpreter(language: Language, session: Session): string {
  const tried = language.interpreters.map(([program]) => program).join(', ');
  const available = [...session.interpreters.keys()].join(', ') || 'none';
  return `The sandbox has no interpreter for ${language.id} (looked for ${tried}); it can run: ${available}.`;
}
