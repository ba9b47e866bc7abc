/** The first rows of a table. */
export interface TablePreview {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** True if the text has more rows or columns. */
  readonly isCut: boolean;
}

interface PreviewOptions {
  readonly maxRows: number;
  readonly maxColumns: number;
}

/** Parses the first rows of comma-separated text with quotes as in RFC 4180. Returns undefined if the text is not a table. */
export function parseCsv(text: string, { maxRows, maxColumns }: PreviewOptions): TablePreview | undefined {
  const all = readRows(text, maxRows + 2);
  const [head, ...rows] = all;
  if (head === undefined || head.length < 2) return undefined;
  const isWide = all.some((row) => row.length > maxColumns);
  return {
    head: head.slice(0, maxColumns),
    rows: rows.slice(0, maxRows).map((row) => row.slice(0, maxColumns)),
    isCut: isWide || rows.length > maxRows,
  };
}

function readRows(text: string, maxRows: number): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  for (let found = cells.exec(text); found !== null && rows.length < maxRows; found = cells.exec(text)) {
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === ',') continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
    if (cells.lastIndex >= text.length) break;
  }
  return rows;
}
