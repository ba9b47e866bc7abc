import type { PreparedCode } from './language.ts';

/**
 * Sets the extension `mjs` for ES modules, because versions of Node before 22 do not detect modules by their content.
 *
 * An ES module has an `import` or `export` statement, or `import.meta`. Text in strings, templates, comments and regular expressions is
 * ignored. `import()` is also ignored, because it exists in CommonJS too.
 */
export async function prepareJavascript(code: string): Promise<PreparedCode> {
  return { code, extension: (await isModule(code)) ? 'mjs' : 'js' };
}

async function isModule(code: string): Promise<boolean> {
  if (!/\b(?:import|export)\b/.test(code)) return false;
  const { init, parse } = await import('es-module-lexer');
  await init();
  try {
    const [, , , hasModuleSyntax] = parse(code);
    return hasModuleSyntax;
  } catch {
    // The code has a syntax error, which the interpreter reports.
    return false;
  }
}
