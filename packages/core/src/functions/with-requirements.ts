import { readFileSync } from 'node:fs';
import type { FunctionRequirements, PythonFunction } from './python-function.ts';

/**
 * Creates a Python function from its source, and adds the packages and imports that the function needs. Corresponds to `with_requirements`
 * and `from_str` in AutoGen.
 */
export function withRequirements(source: string, requirements: FunctionRequirements = {}): PythonFunction {
  return { ...requirements, source };
}

/** Reads a Python function from a file on the client. The file is read immediately, and the client never runs it. */
export function functionFromFile(path: string | URL, requirements: FunctionRequirements = {}): PythonFunction {
  return { ...requirements, source: readFileSync(path, 'utf8') };
}
