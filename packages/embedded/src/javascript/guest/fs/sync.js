import { callHost, callHostForJson, codedError, systemError } from '../host.js';
import { Buffer } from '../modules/buffer.js';
import { join } from '../modules/path.js';
import { writeSync } from './descriptors.js';
import { bytesOf, encodingOf, pathOf } from './paths.js';
import { Dirent, Stats } from './stats.js';

const missing = (error) => error.code === 'ENOENT' || error.code === 'ENOTDIR';

function wholeFile(path) {
  if (path === 0 || path === '/dev/stdin') return callHost('readAllInput');
  return typeof path === 'number' ? callHost('readHandle', path) : callHost('readFile', pathOf(path));
}

export function readFileSync(path, options) {
  const bytes = wholeFile(path);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const encoding = encodingOf(options);
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

export function writeFileSync(path, data, options) {
  const flag = options?.flag ?? 'w';
  const bytes = bytesOf(data, encodingOf(options));
  if (typeof path === 'number') writeSync(path, bytes);
  else callHost('writeFile', pathOf(path), bytes, flag, options?.mode ?? 0o666);
}

export function appendFileSync(path, data, options) {
  writeFileSync(path, data, { encoding: encodingOf(options), mode: options?.mode, flag: 'a' });
}

export function existsSync(path) {
  try {
    callHost('stat', pathOf(path), true);
    return true;
  } catch {
    return false;
  }
}

function statWith(path, options, followLinks) {
  try {
    return new Stats(callHostForJson('stat', pathOf(path), followLinks));
  } catch (error) {
    if (options?.throwIfNoEntry === false && missing(error)) return undefined;
    if (!followLinks && error.syscall === 'stat') throw systemError({ code: error.code, path: error.path }, 'lstat');
    throw error;
  }
}

export function statSync(path, options) {
  return statWith(path, options, true);
}

export function lstatSync(path, options) {
  return statWith(path, options, false);
}

export function accessSync(path) {
  try {
    callHost('stat', pathOf(path), true);
  } catch (error) {
    throw systemError(error, 'access');
  }
}

export function mkdirSync(path, options) {
  const target = pathOf(path);
  const mode = typeof options === 'number' ? options : (options?.mode ?? 0o777);
  if (!options?.recursive) return void callHost('makeDirectory', target, mode);
  let first;
  let current = '';
  for (const part of target.split('/').filter(Boolean)) {
    current += `/${part}`;
    const existing = statSync(current, { throwIfNoEntry: false });
    if (existing?.isDirectory()) continue;
    if (existing) throw systemError({ code: current === target ? 'EEXIST' : 'ENOTDIR', path: target }, 'mkdir');
    callHost('makeDirectory', current, mode);
    first ??= current;
  }
  return first;
}

export function readdirSync(path, options) {
  const directory = pathOf(path);
  const parent = typeof path === 'string' ? path : directory;
  const found = [];
  const visit = (absolute, prefix, shownParent) => {
    for (const entry of callHostForJson('readDirectory', absolute)) {
      found.push(options?.withFileTypes ? new Dirent(entry, shownParent) : `${prefix}${entry.name}`);
      if (options?.recursive && entry.type === 'directory')
        visit(join(absolute, entry.name), `${prefix}${entry.name}/`, join(shownParent, entry.name));
    }
  };
  visit(directory, '', parent);
  return found;
}

export function unlinkSync(path) {
  callHost('unlink', pathOf(path));
}

export function rmdirSync(path, options) {
  if (options?.recursive) rmSync(path, { recursive: true });
  else callHost('removeDirectory', pathOf(path));
}

export function rmSync(path, options) {
  const target = pathOf(path);
  const stat = lstatSync(target, { throwIfNoEntry: false });
  if (!stat) {
    if (options?.force) return;
    throw systemError({ code: 'ENOENT', path: target }, 'lstat');
  }
  if (!stat.isDirectory()) return void unlinkSync(target);
  if (!options?.recursive) throw codedError(Error, 'ERR_FS_EISDIR', `Path is a directory: rm returned EISDIR (is a directory) ${target}`);
  for (const name of readdirSync(target)) rmSync(join(target, name), options);
  callHost('removeDirectory', target);
}

export function renameSync(from, to) {
  callHost('rename', pathOf(from), pathOf(to));
}

export function copyFileSync(from, to, mode = 0) {
  const source = pathOf(from);
  callHost('copyFile', source, pathOf(to), (mode & 1) === 1);
}

export function cpSync(from, to, options) {
  const source = pathOf(from);
  const target = pathOf(to);
  const stat = (options?.dereference ? statSync : lstatSync)(source);
  if (stat.isSymbolicLink()) return void symlinkSync(readlinkSync(source), target);
  if (!stat.isDirectory()) {
    mkdirSync(join(target, '..'), { recursive: true });
    return void copyFileSync(source, target);
  }
  if (!options?.recursive) throw codedError(Error, 'ERR_FS_EISDIR', `Recursive option not enabled, cannot copy a directory: ${source}`);
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(source)) cpSync(join(source, name), join(target, name), options);
}

export function mkdtempSync(prefix) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  let name = String(prefix);
  for (let count = 0; count < 6; count += 1) name += alphabet[Math.floor(Math.random() * alphabet.length)];
  mkdirSync(name, { mode: 0o700 });
  return name;
}

export function symlinkSync(target, path) {
  callHost('symlink', String(target), pathOf(path));
}

export function linkSync(existing, path) {
  callHost('link', pathOf(existing), pathOf(path));
}

export function readlinkSync(path) {
  return callHost('readLink', pathOf(path));
}

export function realpathSync(path) {
  return callHost('realPath', pathOf(path));
}
realpathSync.native = realpathSync;

export function chmodSync(path, mode) {
  callHost('changeMode', pathOf(path), typeof mode === 'string' ? Number.parseInt(mode, 8) : mode);
}

export function chownSync(path) {
  callHost('stat', pathOf(path), true);
}

export function utimesSync(path, accessed, modified) {
  const inMs = (time) => {
    if (time instanceof Date) return time.getTime();
    return typeof time === 'string' ? Date.parse(time) : time * 1000;
  };
  callHost('setTimes', pathOf(path), inMs(accessed), inMs(modified));
}
