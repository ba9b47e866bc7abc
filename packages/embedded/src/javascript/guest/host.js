// The only access to the host: one function that takes and returns strings, numbers and bytes. `null` means failure.
const host = globalThis.__sandpodHost;
delete globalThis.__sandpodHost;

const parse = JSON.parse;
const { InternalError } = globalThis;

/** Calls a host operation. Throws the same error as Node if the operation fails. */
export function callHost(operation, ...values) {
  const result = host(operation, ...values);
  if (result === null) throw systemError(failureOf(operation, values), operation);
  return result;
}

/** For error messages: the paths of the latest file operations, as the program wrote them. */
const given = new Map();

export function notePath(absolute, path) {
  given.delete(absolute);
  given.set(absolute, path);
  if (given.size > 4) given.delete(given.keys().next().value);
}

function failureOf(operation, values) {
  const failure = parse(host('failure'));
  // Not even the code of the failure may have fit into the memory.
  if (failure === null || failure.code === 'OUT_OF_MEMORY') throw new InternalError('out of memory');
  if (operation === 'readFile' && failure.code === 'EISDIR') return { code: 'EISDIR' };
  const hasTarget = ['rename', 'copyFile', 'link', 'symlink'].includes(operation);
  return hasTarget ? { code: failure.code, path: values[0], dest: values[1] } : failure;
}

export function callHostForJson(operation, ...values) {
  return parse(callHost(operation, ...values));
}

const descriptions = {
  EACCES: 'permission denied',
  EBADF: 'bad file descriptor',
  EBUSY: 'resource busy or locked',
  EEXIST: 'file already exists',
  EINVAL: 'invalid argument',
  EISDIR: 'illegal operation on a directory',
  ELOOP: 'too many symbolic links encountered',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'name too long',
  ENOENT: 'no such file or directory',
  ENOMEM: 'not enough memory',
  ENOSPC: 'no space left on device',
  ENOTDIR: 'not a directory',
  ENOTEMPTY: 'directory not empty',
  EPERM: 'operation not permitted',
  EROFS: 'read-only file system',
};

const numbers = {
  EPERM: 1,
  ENOENT: 2,
  EBADF: 9,
  ENOMEM: 12,
  EACCES: 13,
  EBUSY: 16,
  EEXIST: 17,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  EMFILE: 24,
  ENOSPC: 28,
  EROFS: 30,
  ENAMETOOLONG: 36,
  ENOTEMPTY: 39,
  ELOOP: 40,
};

const systemCalls = {
  readFile: 'open',
  writeFile: 'open',
  readDirectory: 'scandir',
  makeDirectory: 'mkdir',
  removeDirectory: 'rmdir',
  changeMode: 'chmod',
  copyFile: 'copyfile',
  setTimes: 'utime',
  readLink: 'readlink',
  realPath: 'realpath',
};

export function systemError(failure, operation) {
  const syscall = operation === 'readFile' && failure.code === 'EISDIR' ? 'read' : (systemCalls[operation] ?? operation);
  const description = descriptions[failure.code] ?? 'unknown error';
  const [path, dest] = [failure.path, failure.dest].map((name) => given.get(name) ?? name);
  const target = dest === undefined ? '' : ` -> '${dest}'`;
  const place = path === undefined ? '' : ` '${path}'${target}`;
  const error = new Error(`${failure.code}: ${description}, ${syscall}${place}`);
  error.errno = -(numbers[failure.code] ?? 1);
  error.code = failure.code;
  error.syscall = syscall;
  if (path !== undefined) error.path = path;
  if (dest !== undefined) error.dest = dest;
  return error;
}

/** Creates an error with a Node code, shown as `TypeError [ERR_X]: message`. */
export function codedError(Base, code, message) {
  const error = new Base(message);
  error.code = code;
  return error;
}
