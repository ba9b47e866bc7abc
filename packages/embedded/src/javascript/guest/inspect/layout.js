// Arranges the parts of a value on one or more lines, with Node's limits.

const widestGroup = 6;

/** Arranges short entries of a long array in columns. */
export function groupEntries(context, entries, value) {
  const hasMore = context.maxArrayLength < value.length;
  const count = hasMore ? entries.length - 1 : entries.length;
  const lengths = entries.slice(0, count).map((entry) => entry.length + 2);
  const longest = Math.max(0, ...lengths);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const fits = longest * 3 + context.indentation < context.breakLength && (total / longest > 5 || longest <= widestGroup + 2);
  if (!fits) return entries;
  const width = Math.max(longest - 3 - Math.sqrt(longest - total / entries.length), 1);
  return columns(context, { entries, value, count, lengths, longest, width });
}

function columns(context, { entries, value, count, lengths, longest, width }) {
  const wanted = Math.round(Math.sqrt(2.5 * width * count) / width);
  const number = Math.min(wanted, Math.floor((context.breakLength - context.indentation) / longest), context.compact * 4, 15);
  if (number <= 1) return entries;
  const widths = [];
  for (let column = 0; column < number; column += 1) {
    let widest = 0;
    for (let index = column; index < count; index += number) widest = Math.max(widest, lengths[index]);
    widths.push(widest);
  }
  const isNumeric = value.every((item) => typeof item === 'number' || typeof item === 'bigint');
  const rows = [];
  for (let start = 0; start < count; start += number) {
    rows.push(rowText(entries, { start, end: Math.min(start + number, count), widths, isNumeric }));
  }
  return count < entries.length ? [...rows, entries[count]] : rows;
}

function rowText(entries, { start, end, widths, isNumeric }) {
  let row = '';
  for (let index = start; index < end; index += 1) {
    const isLast = index === end - 1;
    const text = isLast ? entries[index] : `${entries[index]}, `;
    const width = widths[index - start];
    if (isNumeric) row += text.padStart(isLast ? width - 2 : width);
    else row += isLast ? text : text.padEnd(width);
  }
  return row;
}

/** Joins entries on one line if the text is short and not deeply nested. Otherwise, writes one entry per line. */
export function joinEntries(context, { entries, base, braces, isGrouped, level }) {
  const start = base === '' ? '' : `${base} `;
  if (context.compact !== false && context.compact !== true && !isGrouped && context.deepest - level < context.compact) {
    const length =
      entries.reduce((sum, entry) => sum + entry.length, entries.length) +
      entries.length +
      context.indentation +
      braces[0].length +
      base.length +
      10;
    const isShort = length <= context.breakLength && !entries.some((entry) => entry.includes('\n')) && !base.includes('\n');
    if (isShort) return `${start}${braces[0]} ${entries.join(', ')} ${braces[1]}`;
  }
  if (context.breakLength === Number.POSITIVE_INFINITY && !entries.some((entry) => entry.includes('\n'))) {
    return `${start}${braces[0]} ${entries.join(', ')} ${braces[1]}`;
  }
  const line = `\n${' '.repeat(context.indentation)}`;
  return `${start}${braces[0]}${line}  ${entries.join(`,${line}  `)}${line}${braces[1]}`;
}
