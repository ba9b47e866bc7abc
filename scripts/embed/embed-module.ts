import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EmbeddedModule } from './embedded-modules.ts';

/** Returns the text of a generated module, with one line per constant. Review the scripts, not this module. */
export function embedModule(root: string, module: EmbeddedModule): string {
  const constants = Object.entries(module.constants).map(([name, files]) => {
    const program = files.map((file) => embeddable(file, readFileSync(join(root, module.folder, file), 'utf8'))).join('');
    return `export const ${name}: string = ${JSON.stringify(program)};\n`;
  });
  return `// Generated from ${module.folder} by scripts/embed-scripts.ts. Do not edit.\n${constants.join('')}`;
}

/** Returns the scripts in the folder that no constant includes. */
export function unusedScripts(root: string, module: EmbeddedModule): string[] {
  const used = new Set(Object.values(module.constants).flat());
  return readdirSync(join(root, module.folder)).filter((name) => !name.endsWith('.ts') && !used.has(name));
}

/** To save bytes, removes comments, indentation and empty lines from a shell script. In other languages, they can have a meaning. */
function embeddable(file: string, text: string): string {
  if (!file.endsWith('.sh')) return text;
  if (text.includes('<<')) throw new Error(`${file} has a here-document, whose lines would lose their indentation: use printf.`);
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => `${line}\n`)
    .join('');
}
