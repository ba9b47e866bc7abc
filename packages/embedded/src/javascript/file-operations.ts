import { GuestFileError } from '../guest/guest-file-error.ts';
import type { Operations } from './guest-run.ts';
import { readToEnd, readWholeFile, writeWholeFile } from './whole-file.ts';

/** The host operations behind `node:fs` in the sandbox. */
export const fileOperations: Operations = {
  readFile: ({ run, given }) => readWholeFile(run.context.files, { path: given.path(0), limit: run.context.memoryBytes }),
  writeFile: ({ run, given }) =>
    writeWholeFile(run.context.files, { path: given.path(0), bytes: given.bytes(1), flags: given.text(2), mode: given.count(3) }),
  copyFile: ({ run, given }) => {
    const { files } = run.context;
    const source = given.path(0);
    const { mode } = files.stat(source);
    const bytes = readWholeFile(files, { path: source, limit: Number.MAX_SAFE_INTEGER });
    writeWholeFile(files, { path: given.path(1), bytes, flags: given.flag(2) ? 'wx' : 'w', mode });
  },
  stat: ({ run, given }) => ({ json: run.context.files.stat(given.path(0), { followLinks: given.flag(1) }) }),
  checkDirectory: ({ run, given }) => {
    const path = given.path(0);
    if (run.context.files.stat(path).type !== 'directory') throw new GuestFileError('ENOTDIR', path);
  },
  readDirectory: ({ run, given }) => {
    const entries = [...run.context.files.readDirectory(given.path(0))];
    return { json: entries.sort((left, right) => (left.name < right.name ? -1 : 1)) };
  },
  makeDirectory: ({ run, given }) => run.context.files.makeDirectory(given.path(0), { mode: given.count(1) & 0o777 & ~0o022 }),
  removeDirectory: ({ run, given }) => run.context.files.removeDirectory(given.path(0)),
  unlink: ({ run, given }) => run.context.files.unlink(given.path(0)),
  rename: ({ run, given }) => run.context.files.rename(given.path(0), given.path(1)),
  symlink: ({ run, given }) => run.context.files.symlink(given.text(0), given.path(1)),
  link: ({ run, given }) => run.context.files.link(given.path(0), given.path(1)),
  readLink: ({ run, given }) => run.context.files.readLink(given.path(0)),
  realPath: ({ run, given }) => run.context.files.realPath(given.path(0)),
  changeMode: ({ run, given }) => run.context.files.changeMode(given.path(0), given.count(1) & 0o7777),
  setTimes: ({ run, given }) =>
    run.context.files.setTimes(given.path(0), { accessedMs: given.milliseconds(1), modifiedMs: given.milliseconds(2) }),
  open: ({ run, given }) => run.handles.open(given.path(0), { flags: given.text(1), mode: given.count(2) }),
  close: ({ run, given }) => run.handles.close(given.count(0)),
  fstat: ({ run, given }) => ({ json: run.context.files.statHandle(run.handles.get(given.count(0)).handle) }),
  ftruncate: ({ run, given }) => run.context.files.truncate(run.handles.get(given.count(0)).handle, given.count(1)),
  readHandle: ({ run, given }) => {
    const descriptor = given.count(0);
    const read = (length: number): Uint8Array => run.handles.read(descriptor, { length, position: -1 });
    return readToEnd(read, run.context.memoryBytes);
  },
  readSome: ({ run, given }) => {
    const descriptor = given.count(0);
    const length = Math.min(given.count(1), run.context.memoryBytes);
    if (descriptor === 0) return run.context.readInput(length);
    return run.handles.read(descriptor, { length, position: given.count(2, -1) });
  },
  writeHandle: ({ run, given }) => {
    const descriptor = given.count(0);
    const bytes = given.bytes(1);
    if (descriptor === 1 || descriptor === 2) run.context.writeOutput(descriptor === 1 ? 'stdout' : 'stderr', bytes);
    else run.handles.write(descriptor, { bytes, position: given.count(2, -1) });
    return bytes.length;
  },
};
