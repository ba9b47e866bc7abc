/** Longer names than this are not worth a guess. */
const MAX_LENGTH = 64;

/** The known name that someone who wrote `name` most likely meant; undefined when none is near. */
export function closestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > MAX_LENGTH) return undefined;
  const given = name.toLowerCase();
  const candidates = known.map((candidate) => ({ candidate, distance: distanceOf(given, candidate.toLowerCase()) }));
  const [best] = candidates.sort((one, other) => one.distance - other.distance);
  return best !== undefined && best.distance <= Math.max(1, Math.floor(given.length / 3)) ? best.candidate : undefined;
}

/** Edits from one to the other; a name that only goes on, as `timeout` in `timeoutMs`, counts as one edit. */
function distanceOf(one: string, other: string): number {
  if (one === other) return 0;
  if (one.length >= 3 && other.length >= 3 && (one.startsWith(other) || other.startsWith(one))) return 1;
  return countEdits(one, other);
}

/** Characters inserted, removed, replaced or swapped with their neighbour (optimal string alignment). */
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
