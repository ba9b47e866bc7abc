import { SandpodError } from '@sandpod/core';

/**
 * The longest argument or variable that Linux accepts (MAX_ARG_STRLEN, which includes the final NUL). The second limit, for all arguments
 * and variables together, is slightly less than Linux accepts.
 */
const MAX_ARGUMENT_BYTES = 128 * 1024 - 1;
const MAX_ARGUMENTS_BYTES = 1536 * 1024;

/**
 * Checks the sizes of arguments and variables (as `NAME=value`).
 *
 * @throws {SandpodError} `invalid-options` if they are too long for Linux to start a program.
 */
export function checkSizes({ argv, variables }: { readonly argv: readonly string[]; readonly variables: readonly string[] }): void {
  let total = 0;
  const parts = [
    ...argv.map((text, index) => ({ text, name: `argument ${index}` })),
    ...variables.map((text) => ({ text, name: `the variable ${text.slice(0, text.indexOf('='))} and its name` })),
  ];
  for (const { text, name } of parts) {
    const size = Buffer.byteLength(text);
    total += size + 1;
    if (size > MAX_ARGUMENT_BYTES) throw tooLong(`at most ${MAX_ARGUMENT_BYTES} bytes in ${name}, which is the maximum on Linux`, size);
  }
  if (total > MAX_ARGUMENTS_BYTES) throw tooLong(`at most ${MAX_ARGUMENTS_BYTES} bytes in all arguments and variables together`, total);
}

/**
 * Reports each variable that is too long for any program, because a container with such a variable would never start. Use it with
 * `superRefine`.
 */
export function refuseLongVariables(
  env: Readonly<Record<string, string>>,
  context: { addIssue(issue: { code: 'custom'; path: string[]; message: string }): void },
): void {
  for (const [name, value] of Object.entries(env)) {
    const size = Buffer.byteLength(`${name}=${value}`);
    if (size > MAX_ARGUMENT_BYTES) context.addIssue({ code: 'custom', path: [name], message: longVariable(size) });
  }
}

/** Returns the message for a variable of `size` bytes, including its name and `=`. */
function longVariable(size: number): string {
  return `expected at most ${MAX_ARGUMENT_BYTES} bytes including the name, which is the maximum on Linux; given ${size} bytes`;
}

function tooLong(expected: string, size: number): SandpodError {
  return new SandpodError({
    code: 'invalid-options',
    message: `Expected ${expected}, given ${size} bytes.`,
    advice: 'Pass large content as a file or through standard input.',
  });
}
