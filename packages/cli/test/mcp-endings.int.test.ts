import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { endOf, startCli } from './cli-process.ts';
import { descendantsOf, survivors } from './process-tree.ts';

const LONG = { name: 'run_code', arguments: { code: 'import time\nprint("begun", flush=True)\ntime.sleep(600)' } };

describe('sandpod mcp leaves nothing behind', () => {
  test.each([
    ['its standard input is closed', (child: Server): unknown => child.stdin.end(), 0],
    ['SIGINT comes', (child: Server): unknown => child.kill('SIGINT'), 130],
    ['SIGTERM comes', (child: Server): unknown => child.kill('SIGTERM'), 130],
  ] as const)('when %s', async (_name, end, expected) => {
    const child = startCli(['mcp']);
    const ended = endOf(child);
    child.stdin.write(`${JSON.stringify(initialize)}\n`);
    await once(child.stdout, 'data');
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: LONG })}\n`);
    await expect.poll(() => descendantsOf(child.pid ?? 0).length, { timeout: 30_000 }).toBeGreaterThan(0);
    const processes = descendantsOf(child.pid ?? 0);
    end(child);
    expect((await ended).exitCode).toBe(expected);
    await expect.poll(() => survivors(processes), { timeout: 30_000 }).toEqual([]);
  });
});

type Server = ReturnType<typeof startCli>;

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
};

test('an invalid message is reported on standard error, and the next message is answered', async () => {
  const child = startCli(['mcp']);
  const ended = endOf(child);
  child.stdin.write('this is not JSON\n{"jsonrpc":"2.0"}\n');
  child.stdin.write(`${JSON.stringify(initialize)}\n`);
  await once(child.stdout, 'data');
  child.stdin.end();
  const { exitCode, stdout, stderr } = await ended;
  expect(exitCode).toBe(0);
  const lines = stdout.trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toContainEqual(expect.objectContaining({ id: 1, result: expect.anything() }));
  expect(stderr).toContain('sandpod: ');
});

test('a wrong command line ends at once', async () => {
  const child = startCli(['mcp', '--on', 'nowhere']);
  child.stdin.end();
  expect(await endOf(child)).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('nowhere') });
});
