import { CodeFileNames } from '../blocks/code-file-name.ts';
import type { Sandbox } from '../contract/sandbox.ts';
import type { Language } from '../languages/language.ts';
import type { LanguageRegistry } from '../languages/language-registry.ts';
import { KernelSet } from './kernel-set.ts';
import type { KeptSession } from './session-keeper.ts';
import { withinStart } from './within-start.ts';

/** A live sandbox and the interpreters that were found in it. */
export interface Session extends KeptSession {
  readonly sandbox: Sandbox;
  /** Maps each language id to the command that runs the language's code. */
  readonly interpreters: ReadonlyMap<string, readonly [string, ...string[]]>;
  readonly codeFileNames: CodeFileNames;
  readonly kernels: KernelSet;
}

/** Finds the interpreters for every language that the executor runs. Sets `lostReason` when the sandbox is lost. */
export async function openSession(options: {
  readonly sandbox: Sandbox;
  readonly registry: LanguageRegistry;
  readonly startTimeoutMs: number | undefined;
  readonly abortSignal: AbortSignal;
}): Promise<Session> {
  const { sandbox, registry, startTimeoutMs: timeoutMs, abortSignal } = options;
  const wanted = registry.runnable();
  const names = new Set(wanted.flatMap((language) => language.interpreters.map(([program]) => program)));
  const find = (signal: AbortSignal): Promise<ReadonlySet<string>> => sandbox.findPrograms({ names: [...names], abortSignal: signal });
  const found = await withinStart(find, { what: 'report its interpreters', timeoutMs, abortSignal });
  const interpreters = new Map(wanted.flatMap((language) => interpreterOf(language, found)));
  const session: Session = { sandbox, interpreters, codeFileNames: new CodeFileNames(), kernels: new KernelSet() };
  void sandbox.lost.then((reason) => {
    session.lostReason ??= reason;
  });
  return session;
}

function interpreterOf(language: Language, found: ReadonlySet<string>): [string, readonly [string, ...string[]]][] {
  const interpreter = language.interpreters.find(([program]) => found.has(program));
  return interpreter === undefined ? [] : [[language.id, interpreter]];
}
