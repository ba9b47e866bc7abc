import { diffArrays } from 'diff';

/** Lines of the first text that lines of the second text replace. The ends of ranges are exclusive. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/** Beyond this many different lines, all lines between the equal start and the equal end count as changed. */
const MOST_EDITS = 10_000;

/** Returns the shortest list of changes between two texts. Each line is represented by a key. */
export function changesOf(left: readonly string[], right: readonly string[]): Change[] {
  const start = countEqual(left, right, (list, index) => list[index]);
  const rest = (list: readonly string[]): string[] => list.slice(start);
  const [oldRest, newRest] = [rest(left), rest(right)];
  const end = countEqual(oldRest, newRest, (list, index) => list[list.length - 1 - index]);
  const inner = compare(oldRest.slice(0, oldRest.length - end), newRest.slice(0, newRest.length - end));
  const moved = inner.map(({ from, to, newFrom, newTo }) => ({
    from: from + start,
    to: to + start,
    newFrom: newFrom + start,
    newTo: newTo + start,
  }));
  return moved.map((change, index) => slide(change, { left, right, next: moved[index + 1] }));
}

function countEqual(
  left: readonly string[],
  right: readonly string[],
  at: (list: readonly string[], index: number) => string | undefined,
): number {
  const most = Math.min(left.length, right.length);
  for (let index = 0; index < most; index += 1) if (at(left, index) !== at(right, index)) return index;
  return most;
}

function compare(left: readonly string[], right: readonly string[]): Change[] {
  if (left.length === 0 && right.length === 0) return [];
  const parts = diffArrays([...left], [...right], { maxEditLength: MOST_EDITS });
  if (parts === undefined) return [{ from: 0, to: left.length, newFrom: 0, newTo: right.length }];
  const changes: Change[] = [];
  let [from, newFrom, to, newTo] = [0, 0, 0, 0];
  const close = (): void => {
    if (to > from || newTo > newFrom) changes.push({ from, to, newFrom, newTo });
  };
  for (const { added, removed, value } of parts) {
    if (removed) to += value.length;
    else if (added) newTo += value.length;
    else {
      close();
      [from, newFrom] = [to + value.length, newTo + value.length];
      [to, newTo] = [from, newFrom];
    }
  }
  close();
  return changes;
}

interface Surroundings {
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly next: Change | undefined;
}

/** Of several places where lines can have been added or removed, the last is reported, as by GNU diff. */
function slide(change: Change, { left, right, next }: Surroundings): Change {
  const isAddition = change.from === change.to;
  if (!isAddition && change.newFrom !== change.newTo) return change;
  const list = isAddition ? right : left;
  const [start, end] = isAddition ? [change.newFrom, change.newTo] : [change.from, change.to];
  const limit = (isAddition ? next?.newFrom : next?.from) ?? list.length;
  let steps = 0;
  while (end + steps < limit && list[start + steps] === list[end + steps]) steps += 1;
  const { from, to, newFrom, newTo } = change;
  return { from: from + steps, to: to + steps, newFrom: newFrom + steps, newTo: newTo + steps };
}
