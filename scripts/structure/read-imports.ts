/** A module that a source imports. */
export interface Import {
  readonly name: string;
  /** True if only types are imported, so the module is not loaded. */
  readonly isType: boolean;
}

const TYPES = /^\s*(?:import|export) type\b[^;'"]*?\bfrom\s*'([^']+)'/gm;
const VALUES = [
  /^\s*(?:import|export)\b(?! type\b)[^;'"]*?\bfrom\s*'([^']+)'/gm,
  /^\s*import\s*'([^']+)'/gm,
  /\bimport\s*\(\s*['`]([^'`]+)['`]/g,
  /\b(?:import\.meta\.resolve|require|require\.resolve)\(\s*['`]([^'`]+)['`]/g,
];

/** Returns the modules that a formatted TypeScript source imports, statically or dynamically: types first, then values. */
export function readImports(source: string): Import[] {
  const code = withoutComments(source);
  const find = (pattern: RegExp): string[] => [...code.matchAll(pattern)].map((match) => match[1] ?? '');
  return [...find(TYPES).map((name) => ({ name, isType: true })), ...VALUES.flatMap(find).map((name) => ({ name, isType: false }))];
}

/** Removes comments, but keeps line comments after code: removing those would need a tokenizer, and they contain no imports. */
export function withoutComments(source: string): string {
  return source.replaceAll(/^\s*\/\*[\s\S]*?\*\//gm, '').replaceAll(/^\s*\/\/.*$/gm, '');
}
