// The functions of node:fs that open files or work on open files.

import { callHost, callHostForJson } from '../host.js';
import { bytesOf, pathOf } from './paths.js';
import { Stats } from './stats.js';

export function truncateSync(path, length = 0) {
  const handle = openSync(path, 'r+');
  try {
    ftruncateSync(handle, length);
  } finally {
    closeSync(handle);
  }
}

export function openSync(path, flags = 'r', mode = 0o666) {
  return callHost('open', pathOf(path), String(flags), mode);
}

export function closeSync(handle) {
  callHost('close', handle);
}

export function fstatSync(handle) {
  return new Stats(callHostForJson('fstat', handle));
}

export function ftruncateSync(handle, length = 0) {
  callHost('ftruncate', handle, length);
}

export function fsyncSync() {}

export function writeSync(handle, data, ...rest) {
  if (typeof data === 'string') return callHost('writeHandle', handle, bytesOf(data, rest[1]), rest[0] ?? -1);
  const [offset = 0, length = data.byteLength - offset, position] =
    typeof rest[0] === 'object' && rest[0] ? [rest[0].offset, rest[0].length, rest[0].position] : rest;
  return callHost('writeHandle', handle, bytesOf(data).subarray(offset, offset + length), position ?? -1);
}

export function readSync(handle, buffer, ...rest) {
  const [offset = 0, length = buffer.byteLength - offset, position] =
    typeof rest[0] === 'object' && rest[0] ? [rest[0].offset, rest[0].length, rest[0].position] : rest;
  const bytes = callHost('readSome', handle, length, position ?? -1);
  new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).set(bytes, offset);
  return bytes.length;
}
