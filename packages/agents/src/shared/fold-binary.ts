/** Runs with fewer unreadable characters stay, because a program may print a few. */
const MIN_UNREADABLE = 16;
/** Readable characters between two unreadable characters of the same run. */
const MAX_GAP = 32;
/** A run with a smaller share stays: text in another encoding has few letters that are not ASCII. */
const MIN_SHARE = 0.25;

/** A part of a text that begins and ends with an unreadable character. `end` is exclusive. */
interface Run {
  readonly start: number;
  end: number;
  unreadable: number;
}

/**
 * Replaces binary data in output, such as an image that a program printed, by a note with its length. A model cannot read it, and it would
 * displace the text around it.
 */
export function foldBinary(text: string): string {
  let folded = '';
  let kept = 0;
  for (const { start, end } of binaryRuns(text)) {
    folded += `${text.slice(kept, start)}[${end - start} characters of binary data]`;
    kept = end;
  }
  return kept === 0 ? text : folded + text.slice(kept);
}

function* binaryRuns(text: string): Generator<Run, void, void> {
  let run: Run = { start: 0, end: Number.NEGATIVE_INFINITY, unreadable: 0 };
  for (let index = 0; index < text.length; index += 1) {
    if (!isUnreadable(text.charCodeAt(index))) continue;
    if (index - run.end > MAX_GAP) {
      if (isBinary(run)) yield run;
      run = { start: index, end: index, unreadable: 0 };
    }
    run.end = index + 1;
    run.unreadable += 1;
  }
  if (isBinary(run)) yield run;
}

function isBinary({ start, end, unreadable }: Run): boolean {
  return unreadable >= MIN_UNREADABLE && unreadable >= (end - start) * MIN_SHARE;
}

/** Bytes that are not UTF-8, and control characters that programs do not print for terminals. */
function isUnreadable(code: number): boolean {
  if (code === 0xfffd) return true;
  return code < 0x20 && !(code >= 0x07 && code <= 0x0d) && code !== 0x1b;
}
