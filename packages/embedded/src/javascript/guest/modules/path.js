import { codedError } from '../host.js';

export const sep = '/';
export const delimiter = ':';

let currentDirectory = () => '/';

export function useDirectory(read) {
  currentDirectory = read;
}

function check(path, name) {
  if (typeof path !== 'string') {
    throw codedError(
      TypeError,
      'ERR_INVALID_ARG_TYPE',
      `The "${name}" argument must be of type string. Received ${path === null ? 'null' : typeof path}`,
    );
  }
}

function collapse(parts, isAbsolute) {
  const kept = [];
  for (const part of parts) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!isAbsolute) kept.push('..');
  }
  return kept.join('/');
}

export function isAbsolute(path) {
  check(path, 'path');
  return path.startsWith('/');
}

export function normalize(path) {
  check(path, 'path');
  if (path === '') return '.';
  const absolute = path.startsWith('/');
  let result = collapse(path.split('/'), absolute);
  if (result !== '' && path.endsWith('/')) result += '/';
  if (absolute) return `/${result}`;
  if (result !== '') return result;
  return path.endsWith('/') ? './' : '.';
}

export function join(...paths) {
  for (const path of paths) check(path, 'path');
  const joined = paths.filter((path) => path !== '').join('/');
  return joined === '' ? '.' : normalize(joined);
}

export function resolve(...paths) {
  let result = '';
  for (const path of [...paths].reverse()) {
    check(path, 'path');
    if (path === '') continue;
    result = result === '' ? path : `${path}/${result}`;
    if (path.startsWith('/')) break;
  }
  if (!result.startsWith('/')) result = `${currentDirectory()}/${result}`;
  return `/${collapse(result.split('/'), true)}`;
}

export function relative(from, to) {
  const source = resolve(from).split('/').filter(Boolean);
  const target = resolve(to).split('/').filter(Boolean);
  let shared = 0;
  while (shared < source.length && source[shared] === target[shared]) shared += 1;
  return [...source.slice(shared).map(() => '..'), ...target.slice(shared)].join('/');
}

export function dirname(path) {
  check(path, 'path');
  const trimmed = path.replace(/(?<=.)\/+$/, '');
  const at = trimmed.lastIndexOf('/');
  if (at < 0) return '.';
  return at === 0 ? '/' : trimmed.slice(0, at).replace(/(?<=.)\/+$/, '');
}

export function basename(path, suffix) {
  check(path, 'path');
  const name = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
  return suffix !== undefined && name.endsWith(suffix) && name !== suffix ? name.slice(0, -suffix.length) : name;
}

export function extname(path) {
  const name = basename(path);
  const at = name.lastIndexOf('.');
  return at <= 0 || name === '..' ? '' : name.slice(at);
}

export function parse(path) {
  check(path, 'path');
  const base = basename(path);
  const ext = extname(base);
  const root = path.startsWith('/') ? '/' : '';
  const directory = dirname(path);
  return {
    root,
    dir: directory === '.' && !path.startsWith('.') ? '' : directory,
    base,
    ext,
    name: ext ? base.slice(0, -ext.length) : base,
  };
}

export function format(parts) {
  const ext = parts.ext && !parts.ext.startsWith('.') ? `.${parts.ext}` : (parts.ext ?? '');
  const base = parts.base ?? `${parts.name ?? ''}${ext}`;
  const directory = parts.dir ?? parts.root;
  if (!directory) return base;
  return directory === parts.root || directory.endsWith('/') ? `${directory}${base}` : `${directory}/${base}`;
}

export function toNamespacedPath(path) {
  return path;
}

export function matchesGlob() {
  throw codedError(Error, 'ERR_SANDBOX', 'path.matchesGlob is not available in the sandbox');
}
