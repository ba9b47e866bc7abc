import { JSException } from 'quickjs-wasi';
import { GuestFileError } from '../guest/guest-file-error.ts';
import type { GuestRun, Operations } from './guest-run.ts';
import { moduleKind, withoutHashbang } from './module-kind.ts';
import { readText, resolveModule } from './module-resolution.ts';

function sourceLine(run: GuestRun, { file, line }: { readonly file: string; readonly line: number }): string {
  try {
    const text = run.sources.get(file) ?? readText(run.context.files, file);
    const found = text.split('\n')[line - 1] ?? '';
    return found.length > 200 ? '' : found.trimEnd();
  } catch {
    return '';
  }
}

/** The host operations for `require` and for the report of an uncaught error. */
export const moduleOperations: Operations = {
  compile: ({ run, given }) => {
    try {
      return { handle: run.vm.evalCode(given.text(1), given.text(0)) };
    } catch (error) {
      if (error instanceof JSException) return { handle: error.handle };
      throw error;
    }
  },
  loadForRequire: ({ run, given }) => {
    const path = given.path(0);
    if (path.endsWith('.ts')) throw new GuestFileError('EINVAL', path);
    const source = withoutHashbang(readText(run.context.files, path));
    return { json: { kind: moduleKind({ vm: run.vm, files: run.context.files }, { path, source }), source } };
  },
  resolveModule: ({ run, given }) => {
    const builtins = Object.keys(run.builtins);
    return { json: resolveModule(run.context.files, { from: given.text(0), specifier: given.text(1), style: 'require', builtins }) };
  },
  sourceLine: ({ run, given }) => sourceLine(run, { file: given.text(0), line: given.count(1) }),
};
