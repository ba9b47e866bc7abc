import type { DirectoryEntry, FileStat } from '@sandpod/core';
import { malformedAnswer } from '@sandpod/core/backend';
import type { ProcessIdentity } from './run-identity.ts';

const ENTRY_TYPES: Readonly<Record<string, DirectoryEntry['type']>> = { f: 'file', d: 'directory', l: 'symlink', o: 'other' };
const STAT_TYPES: Readonly<Record<string, FileStat['type']>> = { file: 'file', directory: 'directory', other: 'other' };

const PROCESS = /^(\d{1,10}) (\d{1,20})$/;
/** A 64-bit size. */
const SIZE = /^\d{1,20}$/;
/** The size, the time in seconds, and the same time with fractions. An image without `stat` reports only the size. */
const FACTS = /^(\d{1,20})(?: (\S{1,20})(?: ([ -~]{0,60}))?)?$/;
const FRACTION = /:\d\d(\.\d{1,9})\b/;
const SECONDS = /^\d{1,12}$/;
const POSITIONS = /^( \d{1,6})*$/;

/** Reads the first process of a run. @throws {SandpodError} `transport`, like every function here. */
export function parseProcess(answer: string): ProcessIdentity {
  const process = findProcess(answer);
  if (process === undefined) throw malformedAnswer('a process', answer);
  return process;
}

/** Like {@link parseProcess}, but returns undefined for a malformed answer. */
export function findProcess(answer: string): ProcessIdentity | undefined {
  const [, pid, startTime] = PROCESS.exec(answer) ?? [];
  return pid === undefined || startTime === undefined ? undefined : { pid: Number(pid), startTime };
}

export function parseSize(answer: string): number {
  if (!SIZE.test(answer)) throw malformedAnswer('a size', answer);
  return Number(answer);
}

export function parseStat(answer: string): FileStat {
  const space = answer.indexOf(' ');
  const name = answer.slice(0, space);
  const facts = answer.slice(space + 1);
  const type = Object.hasOwn(STAT_TYPES, name) ? STAT_TYPES[name] : undefined;
  const parsed = facts === '' ? { size: 0 } : parseFacts(facts);
  if (space < 0 || type === undefined || parsed === undefined) throw malformedAnswer('the type, size and time of a file', answer);
  return { type, ...parsed };
}

/** Parses a record of a listing: a letter for the type, facts, a slash and the name. */
export function parseEntry(record: string): DirectoryEntry | undefined {
  const slash = record.indexOf('/');
  const letter = record.slice(0, 1);
  const type = Object.hasOwn(ENTRY_TYPES, letter) ? ENTRY_TYPES[letter] : undefined;
  if (type === undefined || slash < 1) return undefined;
  const entry = { name: record.slice(slash + 1), type };
  if (slash === 1) return entry;
  const facts = parseFacts(record.slice(1, slash));
  return facts && { ...entry, ...facts };
}

/** Reads the positions of the programs that were found. */
export function parsePositions(answer: string): ReadonlySet<number> {
  if (!POSITIONS.test(answer)) throw malformedAnswer('positions in a list', answer);
  return new Set(answer.split(' ').slice(1).map(Number));
}

function parseFacts(facts: string): { readonly size: number; readonly modifiedMs?: number } | undefined {
  const [, size, seconds = '', time = ''] = FACTS.exec(facts) ?? [];
  if (size === undefined) return undefined;
  const [, fraction = ''] = FRACTION.exec(time) ?? [];
  return { size: Number(size), ...(SECONDS.test(seconds) ? { modifiedMs: Number(seconds + fraction) * 1000 } : {}) };
}
