/** The mark at the beginning of each row that continues the row above. */
export const CONTINUATION_MARK = '↪';

const TAB_COLUMNS = 8;
const OTHER_COLUMNS = 2;
const MARK_COLUMNS = 3;

const narrow = /^[ -~]*$/;

/** Breaks a line into rows of at most `columns` columns. A non-ASCII character counts as 2 columns, and a tab as 8. */
export function wrapLine(line: string, columns: number): string[] {
  return narrow.test(line) ? wrapNarrow(line, columns) : wrapWide(line, columns);
}

function wrapNarrow(line: string, columns: number): string[] {
  const rows = [line.slice(0, columns)];
  const width = columns - MARK_COLUMNS;
  for (let start = columns; start < line.length; start += width) rows.push(row(line.slice(start, start + width), rows.length));
  return rows;
}

function wrapWide(line: string, columns: number): string[] {
  const rows: string[] = [];
  let start = 0;
  let used = 0;
  for (let index = 0; index < line.length; ) {
    const code = line.codePointAt(index) ?? 0;
    const width = columnsOf(code);
    if (used + width > columns) {
      rows.push(row(line.slice(start, index), rows.length));
      start = index;
      used = MARK_COLUMNS;
    }
    used += width;
    index += code > 0xffff ? 2 : 1;
  }
  return [...rows, row(line.slice(start), rows.length)];
}

function row(text: string, number: number): string {
  return number === 0 ? text : `${CONTINUATION_MARK} ${text}`;
}

function columnsOf(code: number): number {
  if (code === 0x09) return TAB_COLUMNS;
  return code < 0x7f ? 1 : OTHER_COLUMNS;
}
