import { MemoryFileSystem } from '../../files/memory-file-system.ts';
import { runWasi } from '../../wasi/run-wasi.ts';
import type { WasmModule } from '../../wasi/web-assembly.ts';
import { PythonFileSystem } from '../python-file-system.ts';
import { LIBRARY_FOLDER, PRIVATE_FOLDER, PYTHON_EXECUTABLE, PYTHON_ROOT, UNPACKED_ENV } from '../python-layout.ts';
import { ReadOnlyTree } from '../read-only-tree.ts';
import type { LibraryAddition } from './library-addition.ts';

/**
 * Python code that reads additions as JSON and writes their .pyc files, encoded in base64, as JSON. The code of an original
 * module becomes a constant in the addition that runs it.
 */
export const COMPILER = `
import sys, json, marshal, binascii
from _frozen_importlib_external import MAGIC_NUMBER
folder, additions = json.load(sys.stdin)
compiled = []
for addition in additions:
    file, source = folder + addition['module'], addition['code']
    if addition['isAfterOriginal']:
        source = "exec('ORIGINAL', globals())\\n" + source
    code = compile(source, file + '.py', 'exec', dont_inherit=True)
    if addition['isAfterOriginal']:
        with open(file + '.pyc', 'rb') as original:
            original = marshal.loads(original.read()[16:])
        code = code.replace(co_consts=tuple(original if constant == 'ORIGINAL' else constant for constant in code.co_consts))
    compiled.append(binascii.b2a_base64(MAGIC_NUMBER + bytes(12) + marshal.dumps(code), newline=False).decode())
print(json.dumps(compiled))
`;

/**
 * Uses the sandbox's Python to compile the additions to the library. Takes about 600 ms.
 *
 * @throws {Error} if Python cannot compile the additions.
 */
export function compileAdditions(
  module: WasmModule,
  files: ReadonlyMap<string, Uint8Array>,
  additions: readonly LibraryAddition[],
): ReadonlyMap<string, Uint8Array> {
  const request = JSON.stringify([`${PYTHON_ROOT}/${LIBRARY_FOLDER}/`, additions]);
  const compiled = JSON.parse(runCompiler(module, files, request)) as readonly string[];
  return new Map(additions.map(({ module: name }, index) => [`${name}.pyc`, Buffer.from(compiled[index] ?? '', 'base64')]));
}

function runCompiler(module: WasmModule, files: ReadonlyMap<string, Uint8Array>, request: string): string {
  const user = new MemoryFileSystem({ workspaceBytes: 65_536 });
  const output = { stdout: '', stderr: '' };
  let input = Buffer.from(request);
  const context = {
    argv: ['python3'] as const,
    env: {},
    cwd: '/',
    files: user,
    memoryBytes: 0,
    readInput: (length: number) => {
      const taken = input.subarray(0, length);
      input = input.subarray(length);
      return taken;
    },
    writeOutput: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => {
      output[stream] += Buffer.from(bytes).toString('latin1');
    },
    sleep: () => undefined,
  };
  const library = new ReadOnlyTree(PYTHON_ROOT, files);
  const links = { folder: PRIVATE_FOLDER, read: () => undefined, made: () => undefined };
  const end = runWasi(module, {
    context,
    files: new PythonFileSystem({ user, library, links }),
    argv: [PYTHON_EXECUTABLE, '-I', '-S', '-c', COMPILER],
    env: {},
    laterEnv: UNPACKED_ENV,
  });
  if (end.type === 'exit' && end.exitCode === 0) return output.stdout;
  throw new Error(`Expected Python to compile the additions to its library, got: ${output.stderr}`);
}
