/** No suggestion is made for names that are longer than this. */
const MAX_LENGTH = 64;

/** Suggests the known name that is closest to a misspelled `name`. Returns undefined if no known name is similar. */
export function closestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > MAX_LENGTH) return undefined;
  const given = name.toLowerCase();
  const candidates = known.map((candidate) => ({ candidate, distance: distanceOf(given, candidate.toLowerCase()) }));
  const [best] = candidates.sort((one, other) => one.distance - other.distance);
  return best !== undefined && best.distance <= Math.max(1, Math.floor(given.length / 3)) ? best.candidate : undefined;
}

/** Counts the edits between two names. If one name is a prefix of the other, as with `timeout` and `timeoutMs`, that is one edit. */
function distanceOf(one: string, other: string): number {
  if (one === other) return 0;
  if (one.length >= 3 && other.length >= 3 && (one.startsWith(other) || other.startsWith(one))) return 1;
  return countEdits(one, other);
}

/** Counts characters that were inserted, removed, replaced or swapped with their neighbor (optimal string alignment). */
function countEdits(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, index) => index)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= one.length; row += 1) {
    rows.push([row]);
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const changed = at(row - 1, column - 1) + (isSame ? 0 : 1);
      const swapped = isSwapped ? at(row - 2, column - 2) + 1 : changed;
      rows[row]?.push(Math.min(changed, swapped, at(row - 1, column) + 1, at(row, column - 1) + 1));
    }
  }
  return at(one.length, other.length);
}
