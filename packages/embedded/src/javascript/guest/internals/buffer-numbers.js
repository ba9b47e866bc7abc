import { codedError } from '../host.js';

/** Adds `readUInt32LE` and similar methods, based on DataView. */
export function addNumberMethods(prototype) {
  const kinds = { Int8: 1, UInt8: 1, Int16: 2, UInt16: 2, Int32: 4, UInt32: 4, BigInt64: 8, BigUInt64: 8, Float: 4, Double: 8 };
  const viewNames = { UInt8: 'Uint8', UInt16: 'Uint16', UInt32: 'Uint32', BigUInt64: 'BigUint64', Float: 'Float32', Double: 'Float64' };
  for (const [kind, size] of Object.entries(kinds)) {
    for (const order of size === 1 ? [''] : ['LE', 'BE']) addNumberPair(prototype, { kind, size, order, view: viewNames[kind] ?? kind });
  }
  addSizedMethods(prototype);
}

/** Returns the smallest and the largest value of a whole number. */
function rangeOf(kind, size) {
  if (kind.startsWith('Big') || !kind.includes('Int')) return [];
  return kind.startsWith('U') ? [0, 2 ** (size * 8) - 1] : [-(2 ** (size * 8 - 1)), 2 ** (size * 8 - 1) - 1];
}

function addNumberPair(prototype, { kind, size, order, view }) {
  const [minimum, maximum] = rangeOf(kind, size);
  const viewOf = (buffer, offset) => {
    if (buffer.length < size) throw codedError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
    if (!(offset >= 0 && offset + size <= buffer.length)) throw outOfRange('offset', `>= 0 and <= ${buffer.length - size}`, offset);
    return new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  };
  const methods = {
    [`read${kind}${order}`](offset = 0) {
      return viewOf(this, offset)[`get${view}`](offset, order === 'LE');
    },
    [`write${kind}${order}`](value, offset = 0) {
      if (value < minimum || value > maximum) checkRange(value, minimum, maximum);
      viewOf(this, offset)[`set${view}`](offset, value, order === 'LE');
      return offset + size;
    },
  };
  for (const [name, method] of Object.entries(methods)) defineMethod(prototype, name, method);
}

/** Adds `readUIntBE` and similar methods for numbers of 1 to 6 bytes. */
function addSizedMethods(prototype) {
  for (const order of ['LE', 'BE']) {
    const bytesOf = (buffer, offset, size) => {
      checkSized(buffer, offset, size);
      const bytes = [...buffer.subarray(offset, offset + size)];
      return order === 'LE' ? bytes.reverse() : bytes;
    };
    const readUnsigned = (buffer, offset, size) => bytesOf(buffer, offset, size).reduce((sum, byte) => sum * 256 + byte, 0);
    const write = (buffer, value, { offset, size }) => {
      checkSized(buffer, offset, size);
      const digits = BigInt.asUintN(size * 8, BigInt(Math.trunc(value)));
      for (let at = 0; at < size; at += 1)
        buffer[offset + (order === 'LE' ? at : size - 1 - at)] = Number((digits >> BigInt(at * 8)) & 255n);
      return offset + size;
    };
    const methods = {
      [`readUInt${order}`](offset, size) {
        return readUnsigned(this, offset, size);
      },
      [`readInt${order}`](offset, size) {
        const value = readUnsigned(this, offset, size);
        return value < 2 ** (size * 8 - 1) ? value : value - 2 ** (size * 8);
      },
      [`writeUInt${order}`](value, offset, size) {
        return write(this, checkRange(value, 0, 2 ** (size * 8) - 1), { offset, size });
      },
      [`writeInt${order}`](value, offset, size) {
        return write(this, checkRange(value, -(2 ** (size * 8 - 1)), 2 ** (size * 8 - 1) - 1), { offset, size });
      },
    };
    for (const [name, method] of Object.entries(methods)) defineMethod(prototype, name, method);
  }
}

function checkSized(buffer, offset, size) {
  if (!(size >= 1 && size <= 6)) throw outOfRange('byteLength', '>= 1 and <= 6', size);
  if (!(offset >= 0 && offset + size <= buffer.length)) throw outOfRange('offset', `>= 0 and <= ${buffer.length - size}`, offset);
}

function checkRange(value, minimum, maximum) {
  if (value < minimum || value > maximum) throw outOfRange('value', `>= ${minimum} and <= ${maximum}`, value);
  return value;
}

function outOfRange(name, range, value) {
  return codedError(RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be ${range}. Received ${value}`);
}

function defineMethod(prototype, name, method) {
  for (const alias of [name, name.replace('UInt', 'Uint')])
    Object.defineProperty(prototype, alias, { value: method, writable: true, configurable: true });
}
