/** `node scripts/embed-scripts.ts [--write]`: checks or writes the modules that contain shell and Python scripts as constants. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { embedModule, unusedScripts } from './embed/embed-module.ts';
import { EMBEDDED_MODULES } from './embed/embedded-modules.ts';

const root = join(import.meta.dirname, '..');
const problems: string[] = [];

for (const module of EMBEDDED_MODULES) {
  const file = join(root, module.out);
  const text = embedModule(root, module);
  if (process.argv.includes('--write')) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text)
    problems.push(`${module.out} differs from its scripts: run node scripts/embed-scripts.ts --write`);
  for (const name of unusedScripts(root, module)) problems.push(`${module.folder}/${name} is in no constant of ${module.out}`);
}

for (const problem of problems) console.error(problem);
console.log(`embedded scripts: ${EMBEDDED_MODULES.length} modules, ${problems.length} problems`);
if (problems.length > 0) process.exitCode = 1;
