const apply = Reflect.apply;
const toStringOfFunction = Function.prototype.toString;

/** Quotes text as a string literal, with the quote character that needs the fewest escapes. */
export function quote(text) {
  let mark = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) mark = '"';
    else if (!text.includes('`') && !text.includes('${')) mark = '`';
  }
  let result = mark;
  for (const character of text) result += escapeCharacter(character, mark);
  return result + mark;
}

const short = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\b': '\\b', '\f': '\\f', '\v': '\\v', '\\': '\\\\' };

function escapeCharacter(character, mark) {
  if (character === mark) return `\\${mark}`;
  if (short[character]) return short[character];
  const code = character.codePointAt(0);
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
  if (code >= 0xd800 && code <= 0xdfff) return `\\u${code.toString(16).toUpperCase()}`;
  return character;
}

export function keyText(key) {
  if (typeof key === 'symbol') return String(key);
  return /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key) ? key : quote(key);
}

/** Returns the name of the class of `value`. Returns undefined if `value` has no prototype. */
export function constructorName(value) {
  for (let object = value; object; object = Object.getPrototypeOf(object)) {
    const descriptor = Object.getOwnPropertyDescriptor(object, 'constructor');
    if (typeof descriptor?.value === 'function' && descriptor.value.name !== '' && isInstance(value, descriptor.value))
      return descriptor.value.name;
  }
  return undefined;
}

function isInstance(value, Constructor) {
  try {
    return value instanceof Constructor;
  } catch {
    return false;
  }
}

export function tagOf(value, name) {
  let tag;
  try {
    tag = value[Symbol.toStringTag];
  } catch {
    return '';
  }
  return typeof tag === 'string' && tag !== '' && tag !== name && !descendsFrom(value, tag) ? tag : '';
}

function descendsFrom(value, name) {
  for (let object = Object.getPrototypeOf(value); object; object = Object.getPrototypeOf(object)) {
    if (Object.getOwnPropertyDescriptor(object, 'constructor')?.value?.name === name) return true;
  }
  return false;
}

/** Returns the prefix of a value's text, such as `Foo `, `[Foo: null prototype] ` or `Object [Tag] `. */
export function prefixOf(value, fallback, size = '') {
  const name = constructorName(value);
  const tag = tagOf(value, name ?? fallback);
  const suffix = tag === '' ? '' : `[${tag}] `;
  return name === undefined ? `[${fallback}${size}: null prototype] ${suffix}` : `${name}${size} ${suffix}`;
}

export function functionText(value) {
  const source = apply(toStringOfFunction, value, []);
  if (source.startsWith('class') && source.endsWith('}')) return classText(value);
  const kind = /^async\s*(?:function\s*)?\*/.test(source) ? 'AsyncGeneratorFunction' : (constructorName(value) ?? 'Function');
  const nullPrototype = Object.getPrototypeOf(value) === null ? '[Function (null prototype)' : `[${kind}`;
  return value.name === '' || typeof value.name !== 'string' ? `${nullPrototype} (anonymous)]` : `${nullPrototype}: ${value.name}]`;
}

function classText(value) {
  const name = Object.hasOwn(value, 'name') && typeof value.name === 'string' && value.name !== '' ? value.name : '(anonymous)';
  const parent = Object.getPrototypeOf(value);
  let suffix = parent === null ? ' extends null' : '';
  if (parent && parent !== Function.prototype && parent.name) suffix = ` extends ${parent.name}`;
  return `[class ${name}${suffix}]`;
}
