import posix from 'path-browserify';
import { codedError } from '../host.js';
import { receivedText } from '../internals/received-text.js';

// The library is Node's own code of 2019. Since then, Node has changed the texts of errors, and `format` adds a dot to the extension.

function checkPath(path, name = 'path') {
  if (typeof path !== 'string')
    throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be of type string. Received ${receivedText(path)}`);
}

const checkingFirst = (run) =>
  ({
    [run.name](path, ...rest) {
      checkPath(path);
      return run(path, ...rest);
    },
  })[run.name];

export const { sep, delimiter } = posix;
export const basename = checkingFirst(posix.basename);
export const dirname = checkingFirst(posix.dirname);
export const extname = checkingFirst(posix.extname);
export const isAbsolute = checkingFirst(posix.isAbsolute);
export const normalize = checkingFirst(posix.normalize);
export const parse = checkingFirst(posix.parse);

export function join(...paths) {
  for (const path of paths) checkPath(path);
  return posix.join(...paths);
}

export function resolve(...paths) {
  for (const [index, path] of paths.entries()) checkPath(path, `paths[${index}]`);
  return posix.resolve(...paths);
}

export function relative(from, to) {
  checkPath(from, 'from');
  checkPath(to, 'to');
  return posix.relative(from, to);
}

export function format(parts) {
  const ext = parts.ext && !parts.ext.startsWith('.') ? `.${parts.ext}` : parts.ext;
  return posix.format({ ...parts, ext });
}

export function toNamespacedPath(path) {
  return path;
}
