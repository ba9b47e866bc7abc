import { SandpodError } from '../errors/sandpod-error.ts';

/** Returns an error about the structure of Python source. `at` is an offset in the source. */
export function pythonProblem(expected: string, place: { readonly source: string; readonly at: number }): SandpodError {
  const line = place.source.slice(0, place.at).split('\n').length;
  const text = `${expected} (line ${line})`;
  return new SandpodError({ code: 'invalid-options', message: `Expected ${text}.`, details: { expected: text, line } });
}
