import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readToken } from './read-token.ts';

const TOKEN = '0123456789abcdef';
const source = { stdin: Readable.from([]), abortSignal: new AbortController().signal };

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'read-token-'));
});
afterAll(() => rm(directory, { recursive: true }));

test('the token comes from the file, then from the environment', async () => {
  const file = join(directory, 'token');
  await writeFile(file, `${TOKEN}\n`);
  expect(await readToken(file, { ...source, env: { SANDPOD_MCP_TOKEN: 'another-0123456789' } })).toBe(TOKEN);
  expect(await readToken(undefined, { ...source, env: { SANDPOD_MCP_TOKEN: TOKEN } })).toBe(TOKEN);
  expect(await readToken(undefined, { ...source, env: { SANDPOD_MCP_TOKEN: '' } })).toBeUndefined();
});

test.each(['short', 'with a blank 0123456789', 'line\nbreak-0123456789'])(
  'a token that clients cannot send is refused: %j',
  async (token) => {
    const error = await readToken(undefined, { ...source, env: { SANDPOD_MCP_TOKEN: token } }).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ name: 'UsageError', message: expect.stringContaining('SANDPOD_MCP_TOKEN expects') });
    expect((error as Error).message).not.toContain(token);
  },
);

test('a file that is missing is refused', async () => {
  await expect(readToken(join(directory, 'nothing'), { ...source, env: {} })).rejects.toThrow('--token-file');
});
