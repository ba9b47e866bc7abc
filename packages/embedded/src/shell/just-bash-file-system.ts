import { posix } from 'node:path';
import {
  type ByteString,
  type CpOptions,
  type FileContent,
  type FsStat,
  type IFileSystem,
  type MkdirOptions,
  type RmOptions,
  unsafeBytesFromLatin1,
} from 'just-bash';
import type { GuestContext, GuestFileSystem, GuestStat } from '../guest/guest-contract.ts';
import { readWholeFile, writeWholeFile } from '../javascript/whole-file.ts';
import type { CommandFiles } from './command-files.ts';
import { shellOperation } from './file-errors.ts';
import { copyTree, makeDirectories, removeTree } from './file-trees.ts';
import { isSink, sinkPaths, writeToSink } from './output-sinks.ts';
import { bytesToLatin1, contentToBytes } from './shell-text.ts';
import { withoutDirectNames } from './streaming-script.ts';

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

/** Reads a device. The shell reads complete files, so an endless device yields only its first 64 KiB. */
function readDevice(files: GuestFileSystem, path: string): Uint8Array {
  const handle = files.open(path, { read: true });
  try {
    return files.read(handle, 0, 64 << 10);
  } finally {
    files.close(handle);
  }
}

/** The file system through which just-bash accesses the sandbox's files. Text that is appended to a sink goes to the shell's output. */
export class JustBashFileSystem implements IFileSystem {
  readonly #files: GuestFileSystem;
  readonly #context: GuestContext;
  readonly #commands: CommandFiles;

  constructor(context: GuestContext, commands: CommandFiles) {
    this.#context = context;
    this.#commands = commands;
    this.#files = context.files;
  }

  async readFileBuffer(path: string): Promise<Uint8Array> {
    return shellOperation('open', () => this.#read(path));
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
    this.#write(path, { bytes: contentToBytes(content, options), flags: 'w' });
  }

  async appendFile(path: string, content: FileContent, options?: unknown): Promise<void> {
    this.#write(path, { bytes: contentToBytes(content, options), flags: 'a' });
  }

  async exists(path: string): Promise<boolean> {
    if (isSink(path)) return false;
    if (this.#commands.has(path)) return true;
    try {
      this.#files.stat(path);
      return true;
    } catch {
      return false;
    }
  }

  async stat(path: string): Promise<FsStat> {
    return shellOperation('stat', () => this.#stat(path, true));
  }

  async lstat(path: string): Promise<FsStat> {
    return shellOperation('lstat', () => this.#stat(path, false));
  }

  async mkdir(path: string, options?: MkdirOptions): Promise<void> {
    shellOperation('mkdir', () => (options?.recursive ? makeDirectories(this.#files, path) : this.#files.makeDirectory(path)));
  }

  async readdir(path: string): Promise<string[]> {
    const entries = await this.readdirWithFileTypes(path);
    return entries.map(({ name }) => name);
  }

  async readdirWithFileTypes(path: string): Promise<{ name: string; isFile: boolean; isDirectory: boolean; isSymbolicLink: boolean }[]> {
    const entries = shellOperation('scandir', () => this.#files.readDirectory(path));
    const result = entries.map(({ name, type }) => ({
      name,
      isFile: type === 'file' || type === 'device',
      isDirectory: type === 'directory',
      isSymbolicLink: type === 'symlink',
    }));
    const known = new Set(result.map(({ name }) => name));
    const commands = this.#commands.listed(path).filter((name) => !known.has(name));
    result.push(...commands.map((name) => ({ name, isFile: true, isDirectory: false, isSymbolicLink: false })));
    return result.sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  async rm(path: string, options?: RmOptions): Promise<void> {
    shellOperation('rm', () =>
      removeTree(this.#files, { path, isRecursive: options?.recursive ?? false, isForced: options?.force ?? false }),
    );
  }

  async cp(source: string, target: string, options?: CpOptions): Promise<void> {
    shellOperation('cp', () => copyTree(this.#files, { source, target, isRecursive: options?.recursive ?? false }));
  }

  async mv(source: string, target: string): Promise<void> {
    shellOperation('rename', () => this.#files.rename(source, target));
  }

  resolvePath(base: string, path: string): string {
    return posix.resolve('/', base, path);
  }

  getAllPaths(): string[] {
    return [];
  }

  async chmod(path: string, mode: number): Promise<void> {
    shellOperation('chmod', () => this.#files.changeMode(path, mode & 0o7777));
  }

  async symlink(target: string, path: string): Promise<void> {
    shellOperation('symlink', () => this.#files.symlink(target, path));
  }

  async link(existing: string, path: string): Promise<void> {
    shellOperation('link', () => this.#files.link(existing, path));
  }

  async readlink(path: string): Promise<string> {
    return shellOperation('readlink', () => this.#files.readLink(path));
  }

  async realpath(path: string): Promise<string> {
    return shellOperation('realpath', () => this.#files.realPath(path));
  }

  async utimes(path: string, accessed: Date, modified: Date): Promise<void> {
    shellOperation('utime', () => this.#files.setTimes(path, { accessedMs: accessed.getTime(), modifiedMs: modified.getTime() }));
  }

  #stat(path: string, followLinks: boolean): FsStat {
    try {
      return shellStat(this.#files.stat(path, { followLinks }));
    } catch (error) {
      if (this.#commands.has(path)) return this.#commands.stat();
      throw error;
    }
  }

  #read(path: string): Uint8Array {
    const { type } = this.#files.stat(path);
    if (type === 'device') return readDevice(this.#files, path);
    return readWholeFile(this.#files, { path, limit: fileReadLimit });
  }

  #write(path: string, { bytes, flags }: { readonly bytes: Uint8Array; readonly flags: string }): void {
    if (isSink(path)) writeToSink(this.#context, { path, bytes: path === sinkPaths.stderr ? withoutDirectNames(bytes) : bytes });
    else shellOperation('open', () => writeWholeFile(this.#files, { path, bytes, flags, mode: 0o644 }));
  }
}
