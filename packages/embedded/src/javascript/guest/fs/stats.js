const types = { directory: 0o040000, file: 0o100000, symlink: 0o120000, device: 0o020000 };

export class Stats {
  constructor(stat) {
    this.dev = 1;
    this.mode = types[stat.type] | stat.mode;
    this.nlink = stat.links;
    this.uid = 1000;
    this.gid = 1000;
    this.rdev = 0;
    this.blksize = 4096;
    this.ino = stat.inode;
    this.size = stat.size;
    this.blocks = Math.ceil(stat.size / 512);
    this.atimeMs = stat.accessedMs;
    this.mtimeMs = stat.modifiedMs;
    this.ctimeMs = stat.changedMs;
    this.birthtimeMs = stat.changedMs;
    this.atime = new Date(stat.accessedMs);
    this.mtime = new Date(stat.modifiedMs);
    this.ctime = new Date(stat.changedMs);
    this.birthtime = new Date(stat.changedMs);
    Object.defineProperty(this, 'kind', { value: stat.type });
  }

  isFile() {
    return this.kind === 'file';
  }

  isDirectory() {
    return this.kind === 'directory';
  }

  isSymbolicLink() {
    return this.kind === 'symlink';
  }

  isCharacterDevice() {
    return this.kind === 'device';
  }

  isBlockDevice() {
    return false;
  }

  isFIFO() {
    return false;
  }

  isSocket() {
    return false;
  }
}

export class Dirent {
  constructor(entry, parentPath) {
    this.name = entry.name;
    this.parentPath = parentPath;
    Object.defineProperty(this, 'path', { value: parentPath });
    Object.defineProperty(this, 'kind', { value: entry.type });
  }
}
for (const method of ['isFile', 'isDirectory', 'isSymbolicLink', 'isCharacterDevice', 'isBlockDevice', 'isFIFO', 'isSocket']) {
  Object.defineProperty(Dirent.prototype, method, { value: Stats.prototype[method], writable: true, configurable: true });
}
