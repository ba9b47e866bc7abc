// node:fs: the synchronous functions, and the callback and promise forms derived from them.

import * as descriptors from '../fs/descriptors.js';
import { FileHandle } from '../fs/handle.js';
import { Dirent, Stats } from '../fs/stats.js';
import { createReadStream, createWriteStream } from '../fs/streams.js';
import * as files from '../fs/sync.js';
import { codedError } from '../host.js';
import { setImmediate } from './timers.js';

export const constants = {
  F_OK: 0,
  X_OK: 1,
  W_OK: 2,
  R_OK: 4,
  COPYFILE_EXCL: 1,
  O_RDONLY: 0,
  O_WRONLY: 1,
  O_RDWR: 2,
  O_CREAT: 64,
  O_EXCL: 128,
  O_TRUNC: 512,
  O_APPEND: 1024,
};

const sync = { ...files, ...descriptors };
const promises = { constants };
const callbacks = {};

function addForms(name, run) {
  promises[name] = async (...values) => run(...values);
  callbacks[name] = (...values) => {
    const callback = values.pop();
    if (typeof callback !== 'function')
      throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "cb" argument must be of type function. Received undefined');
    let result;
    let failure = null;
    try {
      result = run(...values);
    } catch (error) {
      failure = error;
    }
    setImmediate(() => (failure ? callback(failure) : callback(null, result)));
  };
}

for (const [name, run] of Object.entries(sync)) if (name.endsWith('Sync') && name !== 'existsSync') addForms(name.slice(0, -4), run);
promises.open = async (...values) => new FileHandle(sync.openSync(...values));
callbacks.exists = (path, callback) => setImmediate(() => callback(sync.existsSync(path)));

function refuseWatch() {
  throw codedError(Error, 'ERR_SANDBOX', 'fs.watch is not available: the sandbox does not watch files');
}

export const fs = {
  ...sync,
  ...callbacks,
  promises,
  constants,
  Stats,
  Dirent,
  createReadStream,
  createWriteStream,
  watch: refuseWatch,
  watchFile: refuseWatch,
  ...constants,
};
