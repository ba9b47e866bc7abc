import type { PreparedCode } from './language.ts';

/** Node before 22 takes a file for an ES module only when its name says so. */
export function prepareJavascript(code: string): PreparedCode {
  const isModule = /^(?:import\s*[\w$*{'"]|export\b)/m.test(code);
  return { code, extension: isModule ? 'mjs' : 'js' };
}
