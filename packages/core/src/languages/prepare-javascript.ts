import type { PreparedCode } from './language.ts';

/** Uses the extension `mjs` for ES modules, because Node before version 22 does not detect them by their content. */
export function prepareJavascript(code: string): PreparedCode {
  const isModule = /^(?:import\s*[\w$*{'"]|export\b)/m.test(code);
  return { code, extension: isModule ? 'mjs' : 'js' };
}
