import type { Command } from 'just-bash';
import { type ToolRun, toolCommand } from './tool.ts';
import { namesOf, readOptions, ToolError } from './tool-options.ts';
import { BYTES, readSet } from './tr-sets.ts';

interface Work {
  readonly isDeleted: (byte: number) => boolean;
  readonly translated: readonly number[];
  readonly isSqueezed: (byte: number) => boolean;
}

function apply(input: Uint8Array, { isDeleted, translated, isSqueezed }: Work): Uint8Array {
  const output = new Uint8Array(input.length);
  let length = 0;
  let last = -1;
  for (const byte of input) {
    if (isDeleted(byte)) continue;
    const next = translated[byte] ?? byte;
    if (next === last && isSqueezed(next)) continue;
    output[length] = next;
    length += 1;
    last = next;
  }
  return output.subarray(0, length);
}

/** Maps each byte of the first set to the byte of the second at the same place. The last byte of the second stands for all further ones. */
function translation(from: readonly number[], to: readonly number[], truncates: boolean): number[] {
  const last = to.at(-1);
  if (last === undefined) throw new ToolError('when not truncating set1, string2 must be non-empty');
  const map = [...BYTES];
  for (const [index, byte] of from.entries()) if (!truncates || index < to.length) map[byte] = to[index] ?? last;
  return map;
}

function workOf({ names, sets }: { readonly names: ReadonlySet<string>; readonly sets: readonly string[] }): Work {
  const [first = '', second] = sets;
  const given = readSet(first);
  const from = names.has('c') ? BYTES.filter((byte) => !given.includes(byte)) : given;
  const [deletes, squeezes] = [names.has('d'), names.has('s')];
  const to = second === undefined ? undefined : readSet(second, from.length);
  const translates = !deletes && to !== undefined;
  const squeezed = new Set(squeezes ? (to ?? from) : []);
  const deleted = new Set(deletes ? from : []);
  return {
    isDeleted: (byte) => deleted.has(byte),
    translated: translates ? translation(from, to, names.has('t')) : BYTES,
    isSqueezed: (byte) => squeezed.has(byte),
  };
}

/** Throws unless the options have as many sets as they need. */
function checkCount(names: ReadonlySet<string>, sets: readonly string[]): void {
  const needed = names.has('d') === names.has('s') ? 2 : 1;
  const allowed = names.has('d') && !names.has('s') ? 1 : 2;
  if (sets.length === 0) throw new ToolError('missing operand');
  if (sets.length < needed) throw new ToolError(`missing operand after '${sets.at(-1)}'\nTwo strings must be given when translating.`);
  if (sets.length > allowed) throw new ToolError(`extra operand '${sets[allowed]}'`);
}

async function tr(tool: ToolRun): Promise<void> {
  const given = readOptions(tool.given, {
    flags: 'cCdst',
    long: { complement: 'c', delete: 'd', 'squeeze-repeats': 's', 'truncate-set1': 't' },
    stopsAtOperand: true,
  });
  const names = new Set([...namesOf(given)].map((name) => (name === 'C' ? 'c' : name)));
  checkCount(names, given.operands);
  const work = workOf({ names, sets: given.operands });
  const output = apply(Buffer.from(await tool.readBytes('-'), 'latin1'), work);
  tool.printBytes(Buffer.from(output).toString('latin1'));
}

/** Implements GNU tr, which works on bytes. */
export const trCommand: Command = toolCommand('tr', tr);
