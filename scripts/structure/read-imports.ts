const PATTERNS = [
  /^\s*(?:import|export)\b[^;'"]*?\bfrom\s*'([^']+)'/gm,
  /^\s*import\s*'([^']+)'/gm,
  /\bimport\s*\(\s*['`]([^'`]+)['`]/g,
  /\b(?:import\.meta\.resolve|require|require\.resolve)\(\s*['`]([^'`]+)['`]/g,
];

/** The module names that a formatted TypeScript source imports, statically or on use, in the order of the patterns. */
export function readImports(source: string): string[] {
  const code = withoutComments(source);
  return PATTERNS.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? ''));
}

/** Leaves line comments that follow code alone: cutting them would need a tokenizer, and no import stands in one. */
export function withoutComments(source: string): string {
  return source.replaceAll(/^\s*\/\*[\s\S]*?\*\//gm, '').replaceAll(/^\s*\/\/.*$/gm, '');
}
