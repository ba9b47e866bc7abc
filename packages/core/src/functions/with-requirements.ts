import { readFileSync } from 'node:fs';
import type { FunctionRequirements, PythonFunction } from './python-function.ts';

/** A Python function given as text, with what it needs: AutoGen's `with_requirements` and `from_str`. */
export function withRequirements(source: string, requirements: FunctionRequirements = {}): PythonFunction {
  return { ...requirements, source };
}

/** A Python function that a file of this machine holds; the file is read now, and never run here. */
export function functionFromFile(path: string | URL, requirements: FunctionRequirements = {}): PythonFunction {
  return { ...requirements, source: readFileSync(path, 'utf8') };
}
