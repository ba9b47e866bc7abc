import { findFilenameDirective } from '../blocks/filename-directive.ts';
import type { CodeBlock } from '../contract/code-block.ts';
import type { KernelProvider } from '../contract/kernel.ts';
import type { InputFile } from '../contract/process.ts';
import type { CallControl } from '../control/call-control.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import type { Language, PreparedCode } from '../languages/language.ts';
import type { LanguageRegistry } from '../languages/language-registry.ts';
import { parseCodeFileName } from '../paths/workspace-path.ts';
import type { Session } from './session.ts';

/** Matches the names of TypeScript files. Some versions of Node do not run files with such names, even if the code contains no types. */
const TYPESCRIPT_FILE = /\.[cm]?tsx?$/;

/** The executor's plan for one block. */
export type BlockPlan =
  | { readonly kind: 'refuse'; readonly language: string; readonly reason: string }
  | {
      /** Runs in a kernel. */
      readonly kind: 'cell';
      readonly language: string;
      /** Present if the block has a name. */
      readonly codeFile?: string;
      readonly code: string;
      readonly interpreter: readonly [string, ...string[]];
      readonly env: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'save'; readonly language: string; readonly codeFile: string; readonly code: string }
  | {
      readonly kind: 'run';
      readonly language: string;
      readonly codeFile: string;
      /** The code file, and the file that runs instead if the interpreter cannot run the code as is. */
      readonly files: readonly InputFile[];
      /** The file that the interpreter runs, relative to the workspace. */
      readonly program: string;
      readonly interpreter: readonly [string, ...string[]];
      readonly env: Readonly<Record<string, string>>;
    };

/** Decides the language, file and policy of a block, before anything in the sandbox changes. */
export async function planBlock(
  block: CodeBlock,
  context: {
    readonly registry: LanguageRegistry;
    readonly session: Session;
    readonly control: Pick<CallControl, 'signal'>;
    /** Present if blocks in some languages run in kernels. */
    readonly kernelProvider?: Pick<KernelProvider, 'languages'> | undefined;
  },
): Promise<BlockPlan> {
  const { registry, session, kernelProvider } = context;
  const language = registry.find(block.language);
  if (language === undefined) {
    const given = block.language === '' ? 'The block has no language' : `Unknown language ${JSON.stringify(block.language)}`;
    return refuse(block.language, `${given}; supported: ${registry.supportedNames(session.interpreters)}.`);
  }
  const isSaved = registry.policyOf(language, session.interpreters) === 'save';
  const interpreter = session.interpreters.get(language.id);
  if (!isSaved && interpreter === undefined) return refuse(language.id, noInterpreter(language, session));
  const isCell = !isSaved && kernelProvider?.languages.has(language.id) === true;
  try {
    if (isCell && interpreter !== undefined) return planCell(block, { language, session, interpreter });
    return await planProgram(block, { language, session, control: context.control, interpreter: isSaved ? undefined : interpreter });
  } catch (error) {
    return refuse(language.id, error instanceof Error ? error.message : String(error));
  }
}

/** Without `interpreter`, the code is only saved. */
async function planProgram(
  block: CodeBlock,
  parts: {
    readonly language: Language;
    readonly session: Session;
    readonly control: Pick<CallControl, 'signal'>;
    readonly interpreter: readonly [string, ...string[]] | undefined;
  },
): Promise<BlockPlan> {
  const { language, session, control, interpreter } = parts;
  const { code, extension } =
    interpreter === undefined
      ? { code: block.code, extension: language.extension }
      : await prepareCode(block.code, language, control.signal);
  const codeFile = nameFile(block, { extension, code, session });
  const planned = { language: language.id, codeFile } as const;
  if (interpreter === undefined) return { kind: 'save', ...planned, code };
  const program = TYPESCRIPT_FILE.test(codeFile) ? codeFile.replace(/[^/]+$/, `.$&.${extension}`) : codeFile;
  const files = [...(program === codeFile ? [] : [{ path: codeFile, content: block.code }]), { path: program, content: code }];
  return { kind: 'run', ...planned, files, program, interpreter, env: language.env ?? {} };
}

function planCell(
  block: CodeBlock,
  parts: { readonly language: Language; readonly session: Session; readonly interpreter: readonly [string, ...string[]] },
): BlockPlan {
  const { language, session, interpreter } = parts;
  const name = block.filename ?? findFilenameDirective(block.code);
  const codeFile = name === undefined ? {} : { codeFile: nameFile(block, { extension: language.extension, code: block.code, session }) };
  return { kind: 'cell', language: language.id, ...codeFile, code: block.code, interpreter, env: language.env ?? {} };
}

async function prepareCode(code: string, language: Language, abortSignal: AbortSignal): Promise<PreparedCode> {
  const prepared = (await language.prepare?.(code, abortSignal)) ?? code;
  return typeof prepared === 'string' ? { code: prepared, extension: language.extension } : prepared;
}

function refuse(language: string, reason: string): BlockPlan {
  return { kind: 'refuse', language, reason };
}

function nameFile(block: CodeBlock, options: { readonly extension: string; readonly code: string; readonly session: Session }): string {
  const name = block.filename ?? findFilenameDirective(block.code);
  if (name === undefined) return options.session.codeFileNames.nameOf(options.code, options.extension);
  try {
    return parseCodeFileName(name, options.session.sandbox.workspace);
  } catch (error) {
    if (!SandpodError.isInstance(error)) throw error;
    throw new SandpodError({ code: error.code, message: `Filename is not in the workspace: ${error.message}`, cause: error });
  }
}

function noInterpreter(language: Language, session: Session): string {
  const tried = language.interpreters.map(([program]) => program).join(', ');
  const available = [...session.interpreters.keys()].join(', ') || 'none';
  return `The sandbox has no interpreter for ${language.id} (looked for ${tried}); it can run: ${available}.`;
}
