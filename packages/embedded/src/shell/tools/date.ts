import type { Command } from 'just-bash';
import { TimeZone } from '../../guest/time-zone.ts';
import { formatDate } from './date-format.ts';
import { readDateText } from './date-text.ts';
import { fileProblem, type ToolRun, toolCommand } from './tool.ts';
import { type GivenOptions, namesOf, optionValue, readOptions, ToolError } from './tool-options.ts';

const DEFAULT_FORMAT = '%a %b %e %H:%M:%S %Z %Y';
const MAIL_FORMAT = '%a, %d %b %Y %H:%M:%S %z';
const ISO_FORMATS: Readonly<Record<string, string>> = {
  '': '%Y-%m-%d',
  date: '%Y-%m-%d',
  hours: '%Y-%m-%dT%H%:z',
  minutes: '%Y-%m-%dT%H:%M%:z',
  seconds: '%Y-%m-%dT%H:%M:%S%:z',
  ns: '%Y-%m-%dT%H:%M:%S,%N%:z',
};
const RFC_FORMATS: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  seconds: '%Y-%m-%d %H:%M:%S%:z',
  ns: '%Y-%m-%d %H:%M:%S.%N%:z',
};
const LONG = {
  'date=': 'd',
  'reference=': 'r',
  utc: 'u',
  universal: 'u',
  'rfc-email': 'R',
  'rfc-2822': 'R',
  'rfc-822': 'R',
  'iso-8601=?': 'I',
  'rfc-3339=': 'rfc',
};

function formatOf(given: GivenOptions): string {
  const [operand, extra] = given.operands;
  if (extra !== undefined) throw new ToolError(`extra operand '${extra}'`);
  if (operand?.startsWith('+')) return operand.slice(1);
  if (operand !== undefined) throw new ToolError('the sandbox cannot set the system time');
  const names = namesOf(given);
  if (names.has('R')) return MAIL_FORMAT;
  const format = names.has('rfc') ? RFC_FORMATS[optionValue(given, 'rfc') ?? ''] : ISO_FORMATS[optionValue(given, 'I') ?? ''];
  if (format === undefined)
    throw new ToolError(`invalid argument '${optionValue(given, 'rfc') ?? optionValue(given, 'I')}' for a standard format`);
  return names.has('rfc') || names.has('I') ? format : DEFAULT_FORMAT;
}

async function timeOf(tool: ToolRun, given: GivenOptions, zone: TimeZone): Promise<number> {
  const file = optionValue(given, 'r');
  if (file !== undefined) return fileTime(tool, file);
  const text = optionValue(given, 'd');
  if (text === undefined) return Date.now() / 1_000;
  const seconds = readDateText(text, { nowSeconds: Date.now() / 1_000, zone });
  if (seconds === undefined) throw new ToolError(`invalid date '${text}'`);
  return seconds;
}

async function fileTime(tool: ToolRun, name: string): Promise<number> {
  try {
    return (await tool.shell.fs.stat(tool.path(name))).mtime.getTime() / 1_000;
  } catch (error) {
    throw new ToolError(`${name}: ${fileProblem(error)}`);
  }
}

async function date(tool: ToolRun): Promise<void> {
  // The value of -I is optional, and is part of the word.
  const words = tool.given.map((word) => word.replace(/^-I/, '--iso-8601=').replace(/^--iso-8601$/, '--iso-8601='));
  const given = readOptions(words, { flags: 'uR', values: 'dr', long: LONG });
  const zone = new TimeZone(namesOf(given).has('u') ? 'UTC' : (tool.shell.exportedEnv?.['TZ'] ?? ''));
  const format = formatOf(given);
  tool.print(`${formatDate(format, { seconds: await timeOf(tool, given, zone), zone })}\n`);
}

/** Implements GNU date in the C locale. */
export const dateCommand: Command = toolCommand('date', date);
