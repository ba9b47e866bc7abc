import type { RunResult } from '../contract/process.ts';
import { functionsFailed } from './functions-failed.ts';

/**
 * Checks the syntax of the module, imports it in the same way as a block, and prints PYTHONPATH after a mark that guest code cannot guess.
 */
export const CHECK_SCRIPT = `
import ast, importlib, os, sys
workspace, packages, name, mark = sys.argv[1:]
path = os.path.join(workspace, name + '.py')
with open(path, encoding='utf-8') as file:
    ast.parse(file.read(), path)
sys.path[:1] = [workspace, os.path.join(workspace, packages)]
found = getattr(importlib.import_module(name), '__file__', None) or 'a built-in module of Python'
if os.path.realpath(found) != os.path.realpath(path):
    sys.exit(f'Another module is called {name}: {found}')
print('\\n' + mark + os.environ.get('PYTHONPATH', ''), flush=True)
`;

/** Returns the PYTHONPATH of the sandbox's image. @throws {SandpodError} `functions-failed` if the module was not imported. */
export function readCheck(result: RunResult, mark: string): string {
  const line = result.stdout.split('\n').find((one) => one.startsWith(mark));
  if (result.exitCode === 0 && line !== undefined) return line.slice(mark.length).trimEnd();
  throw functionsFailed('Functions failed to load:', { result });
}
