import type { SedAddress } from './sed-script.ts';

/** Returns the last line of a range that starts at `line`, or the largest integer if the address has no fixed end. */
export function rangeEnd(to: SedAddress, line: number): number {
  if (to.type === 'line') return to.line;
  if (to.type === 'offset') return to.isMultiple ? Math.ceil(line / to.lines) * to.lines : line + to.lines;
  return Number.MAX_SAFE_INTEGER;
}
