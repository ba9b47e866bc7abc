import { inspect } from '../inspect/inspect.js';

const indexColumn = '(index)';
const valueColumn = 'Values';

function cellText(value) {
  return inspect(value, {
    depth: value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 2 ? -1 : 0,
    maxArrayLength: 3,
    breakLength: Number.POSITIVE_INFINITY,
  });
}

function rowsOf(data) {
  if (data instanceof Map) return [...data].map(([key, value], index) => [String(index), { Key: key, [valueColumn]: value }, true]);
  if (data instanceof Set) return [...data].map((value, index) => [String(index), value, false]);
  return Object.entries(data).map(([key, value]) => [key, value, false]);
}

function widthOf(text) {
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0);
    const isWide =
      code >= 0x1100 &&
      (code <= 0x115f ||
        (code >= 0x2e80 && code <= 0xa4cf) ||
        (code >= 0xac00 && code <= 0xd7a3) ||
        (code >= 0xf900 && code <= 0xfaff) ||
        (code >= 0xff00 && code <= 0xff60) ||
        (code >= 0x1f300 && code <= 0x1faff));
    width += isWide ? 2 : 1;
  }
  return width;
}

function draw(header, rows) {
  const widths = header.map((title, column) => Math.max(widthOf(title), ...rows.map((row) => widthOf(row[column] ?? ''))) + 2);
  const line = (left, middle, right) => left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
  const text = (cells) =>
    `│${widths.map((width, column) => ` ${cells[column] ?? ''}${' '.repeat(width - 1 - widthOf(cells[column] ?? ''))}`).join('│')}│`;
  return [line('┌', '┬', '┐'), text(header), line('├', '┼', '┤'), ...rows.map(text), line('└', '┴', '┘')].join('\n');
}

/** Returns the table that `console.table` prints. */
export function tableText(data, wanted) {
  const rows = rowsOf(data);
  const columns = new Set(wanted ?? []);
  let hasValues = false;
  for (const [, value] of rows) {
    if (value === null || typeof value !== 'object') hasValues = true;
    else if (!wanted) for (const key of Object.keys(value)) columns.add(key);
  }
  const isMap = data instanceof Map || data instanceof Set;
  const header = [isMap ? '(iteration index)' : indexColumn, ...columns, ...(hasValues ? [valueColumn] : [])];
  const cells = rows.map(([key, value]) => {
    const isObject = value !== null && typeof value === 'object';
    const own = [...columns].map((column) => (isObject && Object.hasOwn(value, column) ? cellText(value[column]) : ''));
    return [key, ...own, ...(hasValues ? [isObject ? '' : cellText(value)] : [])];
  });
  return draw(header, cells);
}
