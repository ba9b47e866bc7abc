import { readFileSync } from 'node:fs';
import type { FunctionRequirements, PythonFunction } from './python-function.ts';

/** Returns a Python function from its source, with the packages and imports that it needs. AutoGen: `with_requirements`, `from_str`. */
export function withRequirements(source: string, requirements: FunctionRequirements = {}): PythonFunction {
  return { ...requirements, source };
}

/** Reads a Python function from a file on the client. The file is read immediately, and the client never runs it. */
export function functionFromFile(path: string | URL, requirements: FunctionRequirements = {}): PythonFunction {
  return { ...requirements, source: readFileSync(path, 'utf8') };
}
