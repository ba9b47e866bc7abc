const TypedArray = Object.getPrototypeOf(Uint8Array);
const typedArrayTag = Object.getOwnPropertyDescriptor(TypedArray.prototype, Symbol.toStringTag).get;

/** Returns the class name of a typed array, such as `Uint8Array`. Returns undefined for any other value. */
export const typedArrayName = (value) => Reflect.apply(typedArrayTag, value, []);

const isBrand =
  (method, ...values) =>
  (value) => {
    try {
      Reflect.apply(method, value, values);
      return true;
    } catch {
      return false;
    }
  };
const getter = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).get;

export const isMap = isBrand(getter(Map.prototype, 'size'));
export const isSet = isBrand(getter(Set.prototype, 'size'));
export const isDate = isBrand(Date.prototype.getTime);
export const isArrayBuffer = isBrand(getter(ArrayBuffer.prototype, 'byteLength'));
export const isSharedArrayBuffer = isBrand(getter(SharedArrayBuffer.prototype, 'byteLength'));
export const isDataView = isBrand(getter(DataView.prototype, 'byteLength'));
export const isWeakMap = isBrand(WeakMap.prototype.has, {});
export const isWeakSet = isBrand(WeakSet.prototype.has, {});
export const isTypedArray = (value) => ArrayBuffer.isView(value) && typedArrayName(value) !== undefined;
export const isRegExp = (value) => isBrand(getter(RegExp.prototype, 'source'))(value) && value !== RegExp.prototype;
export const isPromise = (value) => value instanceof Promise;
export const isError = (value) => value instanceof Error || Error.isError?.(value) === true;
export const isBoxed = (value) =>
  value instanceof Number || value instanceof String || value instanceof Boolean || value instanceof Symbol || value instanceof BigInt;
