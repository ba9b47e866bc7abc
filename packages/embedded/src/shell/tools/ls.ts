import { posix } from 'node:path';
import type { Command, FsStat } from 'just-bash';
import { compareText } from './sort-compare.ts';
import { fileProblem, type ToolRun, toolCommand } from './tool.ts';
import { namesOf, readOptions } from './tool-options.ts';

const long = {
  all: 'a',
  'almost-all': 'A',
  directory: 'd',
  classify: 'F',
  'human-readable': 'h',
  inode: 'i',
  reverse: 'r',
  recursive: 'R',
  size: 's',
  'color=?': 'color',
  'group-directories-first': 'first',
  'time-style=': 'style',
  'full-time': 'full',
  numeric: 'n',
};

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly stat: FsStat;
}

interface Listing {
  readonly tool: ToolRun;
  readonly names: ReadonlySet<string>;
  readonly style: string;
}

function modeText({ isDirectory, isSymbolicLink, mode }: FsStat): string {
  const type = isDirectory ? 'd' : '-';
  const bits = [...'rwxrwxrwx'].map((letter, index) => ((mode >> (8 - index)) & 1 ? letter : '-')).join('');
  return `${isSymbolicLink ? 'l' : type}${isSymbolicLink ? 'rwxrwxrwx' : bits}`;
}

/** Returns a size as `-h` shows it: rounded up, with one decimal below 10. */
function humanSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  for (; value >= 1024; unit += 1) value /= 1024;
  if (unit === 0) return String(bytes);
  const rounded = value < 10 ? (Math.ceil(value * 10) / 10).toFixed(1) : String(Math.ceil(value));
  return `${rounded}${'KMGTPE'[unit - 1]}`;
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function timeText(time: Date, style: string): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const iso = `${time.getUTCFullYear()}-${two(time.getUTCMonth() + 1)}-${two(time.getUTCDate())}`;
  const clock = `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}`;
  if (style === 'full-iso')
    return `${iso} ${clock}:${two(time.getUTCSeconds())}.${String(time.getUTCMilliseconds()).padStart(3, '0')}000000 +0000`;
  if (style === 'long-iso') return `${iso} ${clock}`;
  const isRecent = Math.abs(Date.now() - time.getTime()) < 15_778_476_000;
  return `${monthNames[time.getUTCMonth()]} ${String(time.getUTCDate()).padStart(2)} ${isRecent ? clock : ` ${time.getUTCFullYear()}`}`;
}

function compareEntries(left: Entry, right: Entry, names: ReadonlySet<string>): number {
  if (names.has('first') && left.stat.isDirectory !== right.stat.isDirectory) return left.stat.isDirectory ? -1 : 1;
  const direction = names.has('r') ? -1 : 1;
  let order = 0;
  if (names.has('S')) order = right.stat.size - left.stat.size;
  else if (names.has('t')) order = right.stat.mtime.getTime() - left.stat.mtime.getTime();
  else if (names.has('X')) order = compareText(posix.extname(left.name), posix.extname(right.name));
  return direction * (order || compareText(left.name, right.name));
}

function sorted(entries: readonly Entry[], names: ReadonlySet<string>): readonly Entry[] {
  if (names.has('U') || names.has('f')) return entries;
  return [...entries].sort((left, right) => compareEntries(left, right, names));
}

function suffix({ stat }: Entry, names: ReadonlySet<string>): string {
  if (stat.isDirectory && (names.has('F') || names.has('p'))) return '/';
  if (!names.has('F')) return '';
  if (stat.isSymbolicLink) return '@';
  return stat.mode & 0o111 ? '*' : '';
}

async function longLines({ tool, names, style }: Listing, entries: readonly Entry[]): Promise<string[]> {
  const owner = names.has('n') ? '1000' : 'sandbox';
  const columns = [names.has('g') ? [] : [owner], names.has('o') || names.has('G') ? [] : [owner]].flat().join(' ');
  const sizes = entries.map(({ stat }) => (names.has('h') ? humanSize(stat.size) : String(stat.size)));
  const width = Math.max(0, ...sizes.map(({ length }) => length));
  const lines: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const { stat, name, path } = entry;
    const target = stat.isSymbolicLink ? ` -> ${await tool.shell.fs.readlink(tool.path(path))}` : '';
    const inode = names.has('i') ? `${stat.ino ?? 0} ` : '';
    const size = sizes[index]?.padStart(width);
    const end = stat.isSymbolicLink ? '' : suffix(entry, names);
    lines.push(`${inode}${modeText(stat)} 1 ${columns} ${size} ${timeText(stat.mtime, style)} ${name}${target}${end}`);
  }
  return lines;
}

async function printEntries(listing: Listing, entries: readonly Entry[]): Promise<void> {
  const { names, tool } = listing;
  const isLong = ['l', 'n', 'g', 'o', 'full'].some((name) => names.has(name));
  const plain = (entry: Entry): string => `${names.has('i') ? `${entry.stat.ino ?? 0} ` : ''}${entry.name}${suffix(entry, names)}`;
  const lines = isLong ? await longLines(listing, entries) : entries.map(plain);
  if (names.has('m') && !isLong) tool.print(lines.length > 0 ? `${lines.join(', ')}\n` : '');
  else for (const line of lines) tool.print(`${line}\n`);
}

async function entryOf(
  tool: ToolRun,
  { name, path, follows }: { readonly name: string; readonly path: string; readonly follows: boolean },
): Promise<Entry> {
  const { fs } = tool.shell;
  const at = tool.path(path);
  const stat = follows ? await fs.stat(at).catch(() => fs.lstat(at)) : await fs.lstat(at);
  return { name, path, stat };
}

async function listDirectory(listing: Listing, { path, showsName }: { readonly path: string; readonly showsName: boolean }): Promise<void> {
  const { tool, names } = listing;
  const all = await tool.shell.fs.readdir(tool.path(path));
  const shown = names.has('a') || names.has('f') ? ['.', '..', ...all] : all.filter((name) => names.has('A') || !name.startsWith('.'));
  const entries = await Promise.all(shown.map((name) => entryOf(tool, { name, path: posix.join(path, name), follows: names.has('L') })));
  if (showsName) tool.print(`${path}:\n`);
  if (names.has('l') || names.has('s'))
    tool.print(`total ${entries.reduce((sum, { stat }) => sum + (stat.isDirectory ? 4 : Math.ceil(stat.size / 4096) * 4), 0)}\n`);
  const ordered = sorted(entries, names);
  await printEntries(listing, ordered);
  if (!names.has('R')) return;
  for (const entry of ordered) {
    if (!entry.stat.isDirectory || entry.name === '.' || entry.name === '..') continue;
    tool.print('\n');
    await listDirectory(listing, { path: path === '.' ? `./${entry.name}` : `${path.replace(/\/$/, '')}/${entry.name}`, showsName: true });
  }
}

async function ls(tool: ToolRun): Promise<void> {
  const given = readOptions(tool.given, { flags: 'aAdFfhiklLmnopqrRsStU1gGXNCxvB', values: 'w', long });
  const names = namesOf(given);
  const style = names.has('full') ? 'full-iso' : (given.options.findLast(({ name }) => name === 'style')?.value ?? 'locale');
  const listing: Listing = { tool, names, style };
  const follows = !['d', 'l', 'F'].some((name) => names.has(name));
  const found: Entry[] = [];
  for (const path of given.operands.length === 0 ? ['.'] : given.operands) {
    try {
      found.push(await entryOf(tool, { name: path, path, follows: follows || path.endsWith('/') }));
    } catch (error) {
      tool.complain(`cannot access '${path}': ${fileProblem(error)}`, 2);
    }
  }
  const isFile = ({ stat }: Entry): boolean => names.has('d') || !stat.isDirectory;
  const files = sorted(found.filter(isFile), names);
  const directories = sorted(
    found.filter((entry) => !isFile(entry)),
    names,
  );
  await printEntries(listing, files);
  for (const [index, { path }] of directories.entries()) {
    if (index > 0 || files.length > 0) tool.print('\n');
    await listDirectory(listing, { path, showsName: given.operands.length > 1 || names.has('R') });
  }
}

/** Implements GNU ls. The output is the same as in a pipe, with one name per line. */
export const lsCommand: Command = toolCommand('ls', ls, 2);
