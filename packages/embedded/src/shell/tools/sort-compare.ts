/** Compares texts by their UTF-8 bytes, as in the C locale. This is also the order of their code points. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function numberAt(text: string): number {
  return Number(/^[ \t]*(-?\d*\.?\d*)/.exec(text)?.[1] || 0) || 0;
}

function generalNumber(text: string): number {
  const number = Number.parseFloat(text);
  return Number.isNaN(number) ? Number.NEGATIVE_INFINITY : number;
}

function humanNumber(text: string): number {
  const [, number = '0', unit = ''] = /^[ \t]*(-?\d*\.?\d*)([KkMGTPEZY]?)/.exec(text) ?? [];
  const value = Number(number) || 0;
  const power = unit === '' ? 0 : ' KMGTPEZY'.indexOf(unit.toUpperCase());
  return Math.sign(value) * (power * 1e20 + Math.abs(value));
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

function month(text: string): number {
  return months.indexOf(text.trimStart().slice(0, 3).toUpperCase());
}

function versionParts(text: string): { readonly parts: readonly string[] } {
  return { parts: text.match(/\d+|\D+/g) ?? [] };
}

function compareVersions(left: string, right: string): number {
  const [first, second] = [versionParts(left).parts, versionParts(right).parts];
  for (let index = 0; index < Math.max(first.length, second.length); index += 1) {
    const [one = '', other = ''] = [first[index], second[index]];
    const order = /^\d/.test(one) && /^\d/.test(other) ? Number(one) - Number(other) : compareText(one, other);
    if (order !== 0) return order;
  }
  return 0;
}

function textForm(text: string, letters: string): string {
  let form = letters.includes('f') ? text.toUpperCase() : text;
  if (letters.includes('d')) form = form.replace(/[^\p{L}\p{N}\s]/gu, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: -i ignores control characters
  return letters.includes('i') ? form.replace(/[\x00-\x1f\x7f]/g, '') : form;
}

/** Compares two keys in the order that the option letters of `sort` select. Ignores `r`. */
export function compareKeys(left: string, right: string, letters: string): number {
  const by = (value: (text: string) => number): number => {
    const [one, other] = [value(left), value(right)];
    if (one === other) return 0;
    return one < other ? -1 : 1;
  };
  if (letters.includes('n')) return by(numberAt);
  if (letters.includes('g')) return by(generalNumber);
  if (letters.includes('h')) return by(humanNumber);
  if (letters.includes('M')) return by(month);
  if (letters.includes('V')) return compareVersions(left, right);
  return compareText(textForm(left, letters), textForm(right, letters));
}
