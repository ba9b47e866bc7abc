import { expect, it } from 'vitest';
import { readMessage } from './read-message.ts';

function reader(lines: readonly string[]): () => Promise<string | undefined> {
  const left = [...lines];
  return async () => left.shift();
}

it.each<[string, readonly string[], string | undefined]>([
  ['one line', ['hello', 'more'], 'hello'],
  ['all lines up to the end of a fence', ['```py', 'a', '', 'b', '```', 'more'], '```py\na\n\nb\n```'],
  ['a shorter fence inside a longer one', ['````', '```', 'x', '```', '````', 'more'], '````\n```\nx\n```\n````'],
  ['a fence of tildes', ['~~~sh', '```', '~~~', 'more'], '~~~sh\n```\n~~~'],
  ['what there is when a fence is never closed', ['```py', 'a'], '```py\na'],
  ['nothing at the end', [], undefined],
])('reads %s', async (_, lines, expected) => {
  expect(await readMessage(reader(lines), '> ')).toBe(expected);
});
