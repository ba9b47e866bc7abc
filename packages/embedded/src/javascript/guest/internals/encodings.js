import { codedError } from '../host.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const { fromCharCode } = String;

function nameOf(encoding) {
  if (encoding === undefined || encoding === null || typeof encoding === 'object') return 'utf8';
  const name = String(encoding).toLowerCase().replace('-', '');
  const aliases = { binary: 'latin1', ucs2: 'utf16le' };
  const known = aliases[name] ?? name;
  if (!['utf8', 'latin1', 'ascii', 'hex', 'base64', 'base64url', 'utf16le'].includes(known)) {
    throw codedError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
  }
  return known;
}

function codesToBytes(text, width) {
  const bytes = new Uint8Array(text.length * width);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    bytes[index * width] = code & 255;
    if (width === 2) bytes[index * 2 + 1] = code >> 8;
  }
  return bytes;
}

function hexToBytes(text) {
  const valid = /^(?:[0-9a-fA-F]{2})*/.exec(text)[0];
  return Uint8Array.fromHex(valid);
}

function base64ToBytes(text) {
  const plain = text
    .replace(/[^A-Za-z0-9+/_-]/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/');
  const usable = plain.length % 4 === 1 ? plain.slice(0, -1) : plain;
  return Uint8Array.fromBase64(usable);
}

export function encodeText(text, encoding) {
  const name = nameOf(encoding);
  if (name === 'utf8') return encoder.encode(text);
  if (name === 'hex') return hexToBytes(text);
  if (name === 'base64' || name === 'base64url') return base64ToBytes(text);
  return codesToBytes(text, name === 'utf16le' ? 2 : 1);
}

function bytesToCodes(bytes, mask) {
  let text = '';
  for (let start = 0; start < bytes.length; start += 4096) {
    text += fromCharCode(...Array.from(bytes.subarray(start, start + 4096), (byte) => byte & mask));
  }
  return text;
}

function pairsToText(bytes) {
  const codes = [];
  for (let index = 0; index + 1 < bytes.length; index += 2) codes.push(bytes[index] | (bytes[index + 1] << 8));
  let text = '';
  for (let start = 0; start < codes.length; start += 4096) text += fromCharCode(...codes.slice(start, start + 4096));
  return text;
}

export function decodeText(bytes, encoding) {
  const name = nameOf(encoding);
  if (name === 'utf8') return decoder.decode(bytes);
  if (name === 'hex') return Uint8Array.prototype.toHex.call(bytes);
  if (name === 'base64') return Uint8Array.prototype.toBase64.call(bytes);
  if (name === 'base64url') return Uint8Array.prototype.toBase64.call(bytes, { alphabet: 'base64url', omitPadding: true });
  if (name === 'utf16le') return pairsToText(bytes);
  return bytesToCodes(bytes, name === 'ascii' ? 127 : 255);
}
