import { pythonProblem } from './python-problem.ts';
import type { LogicalLine } from './scan-python.ts';

/**
 * Checks the indentation of Python source.
 *
 * @throws {SandpodError} `invalid-options` if a block is missing, or if the indentation of a line does not match any enclosing block.
 */
export function checkIndentation(source: string, lines: readonly LogicalLine[]): void {
  const blocks = [''];
  let previous: LogicalLine | undefined;
  for (const line of lines) {
    const innermost = blocks.at(-1) ?? '';
    if (previous?.opensBlock !== true) leaveBlocks(blocks, line.indentation);
    else if (line.indentation.length > innermost.length && line.indentation.startsWith(innermost)) blocks.push(line.indentation);
    else throw missingBlock(source, previous);
    if (blocks.at(-1) !== line.indentation) throw pythonProblem('the same indentation as the lines around it', { source, at: line.start });
    previous = line;
  }
  if (previous?.opensBlock === true) throw missingBlock(source, previous);
}

function leaveBlocks(blocks: string[], indentation: string): void {
  while (blocks.length > 1 && blocks.at(-1) !== indentation) blocks.pop();
}

function missingBlock(source: string, line: LogicalLine): Error {
  return pythonProblem('an indented block after this line', { source, at: line.start });
}
