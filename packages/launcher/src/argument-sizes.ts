import { SandpodError } from '@sandpod/core';

/** Linux takes no longer argument or variable (MAX_ARG_STRLEN, with the NUL behind it), and not much more than this in all. */
const MAX_ARGUMENT_BYTES = 128 * 1024 - 1;
const MAX_ARGUMENTS_BYTES = 1536 * 1024;

/** @throws {SandpodError} `invalid-options` for arguments and variables (as `NAME=value`) with which Linux starts no program. */
export function checkSizes(texts: readonly string[]): void {
  let total = 0;
  for (const text of texts) {
    const size = Buffer.byteLength(text);
    total += size + 1;
    if (size > MAX_ARGUMENT_BYTES) throw tooLong(`one argument or variable of at most ${MAX_ARGUMENT_BYTES} bytes`, size);
  }
  if (total > MAX_ARGUMENTS_BYTES) throw tooLong(`arguments and variables of at most ${MAX_ARGUMENTS_BYTES} bytes together`, total);
}

/** Reports each variable that is too long for any program, for `superRefine`: a container with such a variable never starts. */
export function refuseLongVariables(
  env: Readonly<Record<string, string>>,
  context: { addIssue(issue: { code: 'custom'; path: string[]; message: string }): void },
): void {
  for (const [name, value] of Object.entries(env)) {
    const size = Buffer.byteLength(`${name}=${value}`);
    if (size > MAX_ARGUMENT_BYTES) context.addIssue({ code: 'custom', path: [name], message: longVariable(size) });
  }
}

/** The message for a variable of `size` bytes, its name and `=` included. */
function longVariable(size: number): string {
  return `expected at most ${MAX_ARGUMENT_BYTES} bytes with the name, which is the most that Linux passes on (it has ${size})`;
}

function tooLong(expected: string, size: number): SandpodError {
  return new SandpodError({
    code: 'invalid-options',
    message: `Expected ${expected}, given ${size} bytes.`,
    advice: 'Pass large content as a file or through standard input.',
  });
}
