/** The mark at the beginning of each row that continues the row above. */
export const CONTINUATION_MARK = '↪';

const TAB_COLUMNS = 8;
const OTHER_COLUMNS = 2;
const MARK_COLUMNS = 3;

const narrow = /^[ -~]*$/;

export interface WrapOptions {
  readonly columns: number;
  /** True if the text continues a line, so that also its first row gets the mark. */
  readonly continues: boolean;
}

/** Breaks a line into rows of at most `columns` columns. A non-ASCII character counts as 2 columns, and a tab as 8. */
export function wrapLine(line: string, options: WrapOptions): string[] {
  return (narrow.test(line) ? cutNarrow(line, options) : cutWide(line, options)).map((text, index) =>
    index === 0 && !options.continues ? text : `${CONTINUATION_MARK} ${text}`,
  );
}

function cutNarrow(line: string, { columns, continues }: WrapOptions): string[] {
  const width = columns - MARK_COLUMNS;
  const first = continues ? width : columns;
  const rows = [line.slice(0, first)];
  for (let start = first; start < line.length; start += width) rows.push(line.slice(start, start + width));
  return rows;
}

function cutWide(line: string, { columns, continues }: WrapOptions): string[] {
  const rows: string[] = [];
  let start = 0;
  let used = continues ? MARK_COLUMNS : 0;
  for (let index = 0; index < line.length; ) {
    const code = line.codePointAt(index) ?? 0;
    const width = columnsOf(code);
    if (used + width > columns) {
      rows.push(line.slice(start, index));
      start = index;
      used = MARK_COLUMNS;
    }
    used += width;
    index += code > 0xffff ? 2 : 1;
  }
  return [...rows, line.slice(start)];
}

function columnsOf(code: number): number {
  if (code === 0x09) return TAB_COLUMNS;
  return code < 0x7f ? 1 : OTHER_COLUMNS;
}
