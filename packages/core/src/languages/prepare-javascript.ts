import type { PreparedCode } from './language.ts';

/** Before version 22, Node treats a file as an ES module only if its extension is `mjs`. */
export function prepareJavascript(code: string): PreparedCode {
  const isModule = /^(?:import\s*[\w$*{'"]|export\b)/m.test(code);
  return { code, extension: isModule ? 'mjs' : 'js' };
}
