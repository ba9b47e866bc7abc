import { posix } from 'node:path';
import { type ByteString, type CpOptions, type FileContent, type FsStat, type IFileSystem, type MkdirOptions, type RmOptions, unsafeBytesFromLatin1 } from 'just-bash';
import type { GuestContext, GuestFileSystem, GuestStat } from '../guest/guest-contract.ts';
import { GuestFileError } from '../guest/guest-file-error.ts';
import { readWholeFile, writeWholeFile } from '../javascript/whole-file.ts';
import { copyTree, makeDirectories, removeTree } from './file-trees.ts';
import { shellOperation } from './file-errors.ts';
import { isSink, writeToSink } from './output-sinks.ts';
import { bytesToLatin1, contentToBytes } from './shell-text.ts';

const fileReadLimit = 512 << 20;

function shellStat(stat: GuestStat): FsStat {
  return {
    isFile: stat.type === 'file' || stat.type === 'device',
    isDirectory: stat.type === 'directory',
    isSymbolicLink: stat.type === 'symlink',
    mode: stat.mode,
    size: stat.size,
    mtime: new Date(stat.modifiedMs),
    ino: stat.inode,
    dev: 1,
  };
}

/** The sandbox's files as just-bash sees them; appending to a sink writes to the shell's output. */
export class JustBashFileSystem implements IFileSystem {
  private readonly _files: GuestFileSystem;
  private readonly _context: GuestContext;

  constructor(context: GuestContext) {
    this._context = context;
    this._files = context.files;
  }

  async readFileBuffer(path: string): Promise<Uint8Array> {
    return shellOperation('open', () => this._read(path));
  }

  async readFileBytes(path: string): Promise<ByteString> {
    return unsafeBytesFromLatin1(bytesToLatin1(await this.readFileBuffer(path)));
  }

  async readFile(path: string, options?: { readonly encoding?: string | null } | string): Promise<string> {
    const bytes = await this.readFileBuffer(path);
    const encoding = (typeof options === 'string' ? options : options?.encoding) ?? 'utf8';
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString(encoding as BufferEncoding);
  }

  async writeFile(path: string, content: FileContent, options?: unknown): Promise<void> {
    this._write(path, { bytes: contentToBytes(content, options), flags: 'w' });
  }

  async appendFile(path: string, content: FileContent, options?: unknown): Promise<void> {
    this._write(path, { bytes: contentToBytes(content, options), flags: 'a' });
  }

  async exists(path: string): Promise<boolean> {
    try {
      this._files.stat(path);
      return true;
    } catch {
      return false;
    }
  }

  async stat(path: string): Promise<FsStat> {
    return shellOperation('stat', () => shellStat(this._files.stat(path)));
  }

  async lstat(path: string): Promise<FsStat> {
    return shellOperation('lstat', () => shellStat(this._files.stat(path, { followLinks: false })));
  }

  async mkdir(path: string, options?: MkdirOptions): Promise<void> {
    shellOperation('mkdir', () => (options?.recursive ? makeDirectories(this._files, path) : this._files.makeDirectory(path)));
  }

  async readdir(path: string): Promise<string[]> {
    return shellOperation('scandir', () => this._files.readDirectory(path).map(({ name }) => name).sort());
  }

  async readdirWithFileTypes(path: string): Promise<{ name: string; isFile: boolean; isDirectory: boolean; isSymbolicLink: boolean }[]> {
    const entries = shellOperation('scandir', () => this._files.readDirectory(path));
    const result = entries.map(({ name, type }) => ({
      name,
      isFile: type === 'file' || type === 'device',
      isDirectory: type === 'directory',
      isSymbolicLink: type === 'symlink',
    }));
    return result.sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  async rm(path: string, options?: RmOptions): Promise<void> {
    shellOperation('rm', () => removeTree(this._files, { path, isRecursive: options?.recursive ?? false, isForced: options?.force ?? false }));
  }

  async cp(source: string, target: string, options?: CpOptions): Promise<void> {
    shellOperation('cp', () => copyTree(this._files, { source, target, isRecursive: options?.recursive ?? false }));
  }

  async mv(source: string, target: string): Promise<void> {
    shellOperation('rename', () => this._files.rename(source, target));
  }

  resolvePath(base: string, path: string): string {
    const joined = posix.resolve('/', base, path);
    return joined;
  }

  getAllPaths(): string[] {
    return [];
  }

  async chmod(path: string, mode: number): Promise<void> {
    shellOperation('chmod', () => this._files.changeMode(path, mode & 0o7777));
  }

  async symlink(target: string, path: string): Promise<void> {
    shellOperation('symlink', () => this._files.symlink(target, path));
  }

  async link(existing: string, path: string): Promise<void> {
    shellOperation('link', () => this._files.link(existing, path));
  }

  async readlink(path: string): Promise<string> {
    return shellOperation('readlink', () => this._files.readLink(path));
  }

  async realpath(path: string): Promise<string> {
    return shellOperation('realpath', () => this._files.realPath(path));
  }

  async utimes(path: string, accessed: Date, modified: Date): Promise<void> {
    shellOperation('utime', () => this._files.setTimes(path, { accessedMs: accessed.getTime(), modifiedMs: modified.getTime() }));
  }

  private _read(path: string): Uint8Array {
    const { type } = this._files.stat(path);
    // /dev/zero and its like never end.
    if (type === 'device') return path === '/dev/null' ? new Uint8Array() : this._readDevice(path);
    return readWholeFile(this._files, { path, limit: fileReadLimit });
  }

  private _readDevice(path: string): Uint8Array {
    throw new GuestFileError('EPERM', path);
  }

  private _write(path: string, { bytes, flags }: { readonly bytes: Uint8Array; readonly flags: string }): void {
    if (isSink(path)) writeToSink(this._context, { path, bytes });
    else shellOperation('open', () => writeWholeFile(this._files, { path, bytes, flags, mode: 0o644 }));
  }
}
