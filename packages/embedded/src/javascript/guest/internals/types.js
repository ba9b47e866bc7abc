import { callHost } from '../host.js';
import * as checks from './type-checks.js';

const tagIs = (name) => (value) => Object.prototype.toString.call(value) === `[object ${name}]`;

const isTyped = (name) => (value) => checks.isTypedArray(value) && checks.typedArrayName(value) === name;
const isBoxedAs = (Type) => (value) => value instanceof Type;
const arrays = [
  'Float32Array',
  'Float64Array',
  'Int8Array',
  'Int16Array',
  'Int32Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Uint16Array',
  'Uint32Array',
  'BigInt64Array',
  'BigUint64Array',
];
const tags = {
  isArgumentsObject: 'Arguments',
  isMapIterator: 'Map Iterator',
  isSetIterator: 'Set Iterator',
  isModuleNamespaceObject: 'Module',
};

export const types = {
  ...Object.fromEntries(arrays.map((name) => [`is${name}`, isTyped(name)])),
  ...Object.fromEntries(Object.entries(tags).map(([name, tag]) => [name, tagIs(tag)])),
  ...Object.fromEntries([Number, String, Boolean, Symbol, BigInt].map((Type) => [`is${Type.name}Object`, isBoxedAs(Type)])),
  ...Object.fromEntries(Object.entries(checks).filter(([name]) => name.startsWith('is'))),
  isAnyArrayBuffer: (value) => checks.isArrayBuffer(value) || checks.isSharedArrayBuffer(value),
  isArrayBufferView: (value) => ArrayBuffer.isView(value),
  isAsyncFunction: tagIs('AsyncFunction'),
  isBoxedPrimitive: checks.isBoxed,
  isGeneratorFunction: tagIs('GeneratorFunction'),
  isGeneratorObject: tagIs('Generator'),
  isNativeError: checks.isError,
  isProxy: (value) => callHost('isProxy', value) === 1,
};
