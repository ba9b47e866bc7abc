import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from './run-program.ts';

/** Uses the types of a back end that is installed and of one that is not. */
const PROGRAM = `import { createExecutor, createProvider, type ExecutorOptionsOf } from '@sandpod/sandpod';
export const options: ExecutorOptionsOf<'docker'> = { image: 'python:3.13' };
// @ts-expect-error: the options of an absent back end are unknown, and not any.
export const image: string = options['image'];
await createExecutor('docker', { image: 'python:3.13' });
await createExecutor('embedded', { timeoutMs: 5_000 });
// @ts-expect-error: no back end has this option.
await createExecutor('embedded', { timeout: 5_000 });
await createProvider('kubernetes', { namespace: 'agents' });
// @ts-expect-error: no back end has this name.
await createProvider('dokcer');
`;

/**
 * Checks the types in a project that has only the default back end, including all declarations of the packages. @throws {Error} if they have
 * errors.
 */
export async function checkTypes({ directory, root }: { readonly directory: string; readonly root: string }): Promise<string> {
  await writeFile(join(directory, 'types.mts'), PROGRAM);
  const resolutions = [
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ] as const;
  for (const [module, moduleResolution] of resolutions) {
    const compilerOptions = {
      ...{ module, moduleResolution, target: 'es2022', lib: ['es2022', 'esnext.disposable'] },
      ...{ strict: true, skipLibCheck: false, noEmit: true, types: ['node'], typeRoots: [join(root, 'node_modules/@types')] },
    };
    await writeFile(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['types.mts'] }));
    await runProgram([join(root, 'node_modules/.bin/tsc'), '-p', '.'], { cwd: directory });
  }
  return 'the types have no errors without skipLibCheck, also where a back end is not installed';
}
