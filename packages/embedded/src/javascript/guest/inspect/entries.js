import { callHost } from '../host.js';

/** Returns the texts of the entries that are not properties: items of lists, maps and sets, and bytes of buffers. */
export function entriesOf(context, { value, kind, level, formatValue }) {
  const show = (item) => {
    context.indentation += 2;
    const text = formatValue(context, item, level);
    context.indentation -= 2;
    return text;
  };
  if (kind.name === 'array') return arrayEntries(context, value, show);
  if (kind.name === 'typed-array') return limited(context, [...value], (item) => formatValue(context, item, level));
  if (kind.name === 'map')
    return limited(context, [...Map.prototype.entries.call(value)], ([key, item]) => `${show(key)} => ${show(item)}`);
  if (kind.name === 'set') return limited(context, [...Set.prototype.values.call(value)], show);
  if (kind.name === 'array-buffer') return bufferEntries(context, value);
  if (kind.name === 'data-view')
    return [`[byteLength]: ${value.byteLength}`, `[byteOffset]: ${value.byteOffset}`, `[buffer]: ${show(value.buffer)}`];
  if (kind.name === 'promise') return [['<pending>', '<fulfilled>', '<rejected>'][callHost('promiseState', value)] ?? '<unknown>'];
  return kind.name === 'weak' ? ['<items unknown>'] : [];
}

function moreText(count) {
  return `... ${count} more item${count > 1 ? 's' : ''}`;
}

function limited(context, items, show) {
  const shown = items.slice(0, context.maxArrayLength).map((item) => show(item));
  return items.length > shown.length ? [...shown, moreText(items.length - shown.length)] : shown;
}

function arrayEntries(context, value, show) {
  const entries = [];
  let index = 0;
  while (index < value.length && entries.length < context.maxArrayLength) {
    if (Object.hasOwn(value, index)) {
      entries.push(show(value[index]));
      index += 1;
      continue;
    }
    const start = index;
    while (index < value.length && !Object.hasOwn(value, index)) index += 1;
    entries.push(`<${index - start} empty item${index - start > 1 ? 's' : ''}>`);
  }
  if (index < value.length) entries.push(moreText(value.length - index));
  return entries;
}

function bufferEntries(context, value) {
  const bytes = new Uint8Array(value);
  const shown = Array.from(bytes.subarray(0, Math.min(50, context.maxArrayLength)), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const more = bytes.length > 50 ? ` ... ${bytes.length - 50} more byte${bytes.length > 51 ? 's' : ''}` : '';
  return [`[Uint8Contents]: <${shown}${more}>`, `[byteLength]: ${bytes.length}`];
}
