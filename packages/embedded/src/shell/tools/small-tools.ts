import type { Command } from 'just-bash';
import { linesOf, type ToolRun, toolCommand } from './tool.ts';
import { namesOf, optionValue, readOptions, ToolError } from './tool-options.ts';

async function compare(tool: ToolRun): Promise<void> {
  const given = readOptions(tool.given, { flags: 's', long: { silent: 's', quiet: 's' } });
  const [left = '-', right = '-'] = given.operands;
  const texts = [await tool.tryRead(left, 2), await tool.tryRead(right, 2)];
  const [first, second] = texts.map((text) => (text === undefined ? undefined : Buffer.from(text)));
  if (!first || !second) return;
  const length = Math.min(first.length, second.length);
  const at = first.findIndex((byte, index) => index < length && byte !== second[index]);
  if (at < 0 && first.length === second.length) return;
  tool.exitCode = 1;
  if (namesOf(given).has('s')) return;
  if (at < 0) tool.stderr += `cmp: EOF on ${first.length < second.length ? left : right} after byte ${length}\n`;
  else tool.print(`${left} ${right} differ: byte ${at + 1}, line ${first.subarray(0, at).filter((byte) => byte === 10).length + 1}\n`);
}

async function factor(tool: ToolRun): Promise<void> {
  const numbers = tool.given.length > 0 ? tool.given : (await tool.read('-')).split(/\s+/).filter(Boolean);
  for (const word of numbers) {
    if (!/^\d+$/.test(word) || !Number.isSafeInteger(Number(word))) tool.complain(`'${word}' is not a positive integer below 2^53`);
    else
      tool.print(
        `${word}:${factorsOf(Number(word))
          .map((each) => ` ${each}`)
          .join('')}\n`,
      );
  }
}

function factorsOf(number: number): number[] {
  const factors: number[] = [];
  let rest = number;
  for (let divisor = 2; divisor * divisor <= rest; divisor += 1) {
    for (; rest % divisor === 0; rest /= divisor) factors.push(divisor);
  }
  return rest > 1 ? [...factors, rest] : factors;
}

const units: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1 << 20, G: 2 ** 30, KB: 1000, MB: 1e6, GB: 1e9 };

async function truncate(tool: ToolRun): Promise<void> {
  const given = readOptions(tool.given, { flags: 'c', values: 's', long: { 'size=': 's', 'no-create': 'c' } });
  const [, sign = '', digits, unit = ''] = /^([-+]?)(\d+)([KMG]B?)?$/.exec(optionValue(given, 's') ?? '') ?? [];
  if (digits === undefined) throw new ToolError('you must specify a size such as 10, 4K, +1 or -1 with -s');
  for (const name of given.operands) {
    const { fs } = tool.shell;
    const path = tool.path(name);
    const bytes = (await fs.exists(path)) ? await fs.readFileBuffer(path) : new Uint8Array();
    const amount = Number(digits) * (units[unit] ?? 1);
    const size = { '+': bytes.length + amount, '-': Math.max(0, bytes.length - amount) }[sign] ?? amount;
    if (size > 512 << 20) throw new ToolError(`cannot extend ${name}: sizes above 512 MiB are not supported in this sandbox`);
    const result = new Uint8Array(size);
    result.set(bytes.subarray(0, size));
    await fs.writeFile(path, result);
  }
}

async function install(tool: ToolRun): Promise<void> {
  const given = readOptions(tool.given, { flags: 'dDvpC', values: 'mt', long: { directory: 'd', 'mode=': 'm' } });
  const names = namesOf(given);
  const { fs } = tool.shell;
  const mode = optionValue(given, 'm') ?? '755';
  if (!/^[0-7]{3,4}$/.test(mode)) throw new ToolError(`invalid mode '${mode}'`);
  const targets = [...given.operands];
  if (names.has('d')) {
    for (const name of targets) await fs.mkdir(tool.path(name), { recursive: true });
    return;
  }
  const target = optionValue(given, 't') ?? targets.pop();
  if (target === undefined || targets.length === 0) throw new ToolError('missing file operand');
  const isDirectory = (await fs.stat(tool.path(target)).catch(() => undefined))?.isDirectory;
  for (const name of targets) {
    const path = tool.path(isDirectory ? `${target}/${name.split('/').at(-1)}` : target);
    if (names.has('D')) await fs.mkdir(path.slice(0, path.lastIndexOf('/')), { recursive: true });
    await fs.writeFile(path, await fs.readFileBuffer(tool.path(name)));
    await fs.chmod(path, Number.parseInt(mode, 8));
  }
}

function shuffled<T>(list: readonly T[]): T[] {
  const result = [...list];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1));
    const [one, two] = [result[last] as T, result[other] as T];
    result[last] = two;
    result[other] = one;
  }
  return result;
}

async function shuffle(tool: ToolRun): Promise<void> {
  const given = readOptions(tool.given, {
    flags: 'erz',
    values: 'nio',
    long: { echo: 'e', 'head-count=': 'n', 'input-range=': 'i', repeat: 'r' },
  });
  const names = namesOf(given);
  if (names.has('r') || names.has('o') || names.has('z'))
    throw new ToolError('the options -r, -o and -z are not supported in this sandbox');
  const range = /^(\d+)-(\d+)$/.exec(optionValue(given, 'i') ?? '');
  if (names.has('i') && !range) throw new ToolError(`invalid input range: '${optionValue(given, 'i')}'`);
  let items: readonly string[] = given.operands;
  if (range) items = Array.from({ length: Number(range[2]) - Number(range[1]) + 1 }, (_, index) => String(Number(range[1]) + index));
  else if (!names.has('e')) items = linesOf(await tool.read(given.operands[0] ?? '-'));
  const count = Number(optionValue(given, 'n') ?? items.length);
  for (const item of shuffled(items).slice(0, count)) tool.print(`${item}\n`);
}

const configuration: Readonly<Record<string, string>> = {
  PAGESIZE: '4096',
  PAGE_SIZE: '4096',
  _NPROCESSORS_ONLN: '1',
  _NPROCESSORS_CONF: '1',
  LONG_BIT: '64',
  ARG_MAX: '2097152',
};

async function getConfiguration(tool: ToolRun): Promise<void> {
  const value = configuration[tool.given[0] ?? ''];
  if (value === undefined) throw new ToolError(`Unrecognized variable '${tool.given[0] ?? ''}'`, 2);
  tool.print(`${value}\n`);
}

/** Runs `nohup COMMAND`. Signals never arrive in a sandbox, so the command simply runs. */
async function noHangUp(tool: ToolRun): Promise<void> {
  if (tool.given.length === 0) throw new ToolError('missing operand', 125);
  const line = tool.given.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const result = await tool.shellLine(line, await tool.read('-'));
  tool.print(result.stdout);
  tool.exitCode = result.exitCode;
}

/** Enough for the usual readers. Without a limit, `yes` would never end, because the complete output of a command is collected first. */
const YES_BYTES = 2 * 1024 * 1024;

async function yes(tool: ToolRun): Promise<void> {
  const line = `${tool.given.join(' ') || 'y'}\n`;
  tool.print(line.repeat(Math.ceil(YES_BYTES / Buffer.byteLength(line))));
}

async function tty(tool: ToolRun): Promise<void> {
  if (!tool.given.includes('-s')) tool.print('not a tty\n');
  tool.exitCode = 1;
}

/** Small tools that just-bash lacks. */
export const smallTools: readonly Command[] = [
  toolCommand('cmp', compare, 2),
  toolCommand('factor', factor),
  toolCommand('truncate', truncate),
  toolCommand('install', install),
  toolCommand('shuf', shuffle),
  toolCommand('getconf', getConfiguration, 2),
  toolCommand('nohup', noHangUp),
  toolCommand('yes', yes),
  toolCommand('tty', tty, 2),
];
