/** `pnpm shellcheck`: checks every shell script in the repository. The parts of an embedded program are checked as one program. */
import { join } from 'node:path';
import { EMBEDDED_MODULES } from './embed/embedded-modules.ts';
import { type ShellProgram, shellcheck } from './embed/shellcheck.ts';

const root = join(import.meta.dirname, '..');

const embedded = EMBEDDED_MODULES.flatMap(({ folder, constants }) =>
  Object.values(constants)
    .filter((files) => files.every((file) => /\.(?:ba)?sh$/.test(file)))
    .map(
      (files): ShellProgram => ({ files: files.map((file) => `${folder}/${file}`), dialect: files[0]?.endsWith('.bash') ? 'bash' : 'sh' }),
    ),
);
const programs: readonly ShellProgram[] = [
  ...embedded,
  ...['.ci/run', 'testbed/up', 'testbed/down'].map((file): ShellProgram => ({ files: [file], dialect: 'bash' })),
];
const problems = programs.flatMap((program) => shellcheck(root, program));

for (const problem of problems) console.error(problem);
console.log(`shellcheck: ${programs.length} programs, ${problems.length} problems`);
if (problems.length > 0) process.exitCode = 1;
