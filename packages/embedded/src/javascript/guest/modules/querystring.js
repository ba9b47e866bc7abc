const escapeText = encodeURIComponent;

function unescapeText(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return globalThis.unescape(text);
  }
}

const plain = ['string', 'boolean', 'bigint'];
const textOf = (value) => (plain.includes(typeof value) || Number.isFinite(value) ? String(value) : '');

export function stringify(values, separator = '&', equals = '=') {
  if (typeof values !== 'object' || values === null) return '';
  const pairs = Object.entries(values).flatMap(([name, value]) => [value].flat().map((each) => [name, each]));
  return pairs.map(([name, value]) => `${escapeText(name)}${equals}${escapeText(textOf(value))}`).join(separator);
}

export function parse(text, ...settings) {
  const [separator = '&', equals = '=', { maxKeys = 1000 } = {}] = settings;
  const values = Object.create(null);
  if (typeof text !== 'string' || text === '') return values;
  const pairs = text.split(separator).filter((pair) => pair !== '');
  for (const pair of maxKeys > 0 ? pairs.slice(0, maxKeys) : pairs) {
    const end = pair.indexOf(equals);
    const [name, value] = [end < 0 ? pair : pair.slice(0, end), end < 0 ? '' : pair.slice(end + equals.length)].map((part) =>
      unescapeText(part.replaceAll('+', ' ')),
    );
    values[name] = name in values ? [values[name], value].flat() : value;
  }
  return values;
}

export { escapeText as escape, parse as decode, stringify as encode, unescapeText as unescape };
