import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { childProcesses } from '../testing/child-processes.ts';
import { DemoClient } from '../testing/demo-client.ts';

const main = join(import.meta.dirname, '../main.ts');
const patience = { timeout: 30_000, interval: 50 };

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

interface Demo {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  text(): string;
}

function start(...flags: readonly string[]): Demo {
  const argv = [main, '--no-open', ...flags];
  const child = spawn(process.execPath, argv, { env: { PATH: process.env['PATH'] }, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return { child, ended: once(child, 'exit').then(([code]) => code as number | null), text: () => text };
}

async function clientOf(demo: Demo): Promise<DemoClient> {
  await expect.poll(demo.text, patience).toMatch(/http:\/\/\S+\n/);
  return new DemoClient(Number(new URL(/http:\S+/.exec(demo.text())?.[0] ?? '').port));
}

describe('the demo as a process', () => {
  it('prints its address, back end and model, and removes all sandboxes at an interruption', async () => {
    const demo = start('--port', '0');
    const client = await clientOf(demo);
    expect(demo.text()).toMatch(/Code runs on: embedded\n.*scripted/);
    const chat = await client.openChat();
    const answering = chat.send('```python\nwhile True: print("on", flush=True)\n```').catch(() => undefined);
    await expect.poll(() => childProcesses(demo.child.pid).length, patience).toBeGreaterThan(0);
    const sandboxes = childProcesses(demo.child.pid);
    demo.child.kill('SIGINT');
    // A package manager sends it once more.
    demo.child.kill('SIGINT');
    expect(await demo.ended).toBe(0);
    expect(demo.text()).toContain('Done.');
    await answering;
    for (const id of sandboxes) expect(() => process.kill(id, 0)).toThrow('ESRCH');
  });

  it('also removes them if its output has no reader any more', async () => {
    const demo = start('--port', '0');
    const client = await clientOf(demo);
    await client.createSession();
    await expect.poll(() => childProcesses(demo.child.pid).length, patience).toBeGreaterThan(0);
    const sandboxes = childProcesses(demo.child.pid);
    demo.child.stdout?.destroy();
    demo.child.stderr?.destroy();
    demo.child.kill('SIGTERM');
    expect(await demo.ended).toBe(0);
    for (const id of sandboxes) expect(() => process.kill(id, 0)).toThrow('ESRCH');
  });

  it('reports a port that is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const demo = start('--port', String(port));
    expect(await demo.ended).toBe(2);
    expect(demo.text()).toContain(`The port ${port} is in use`);
    expect(demo.text()).toContain('--port 0');
    other.close();
  });

  it('warns if other machines can reach it', async () => {
    const demo = start('--port', '0', '--host', '0.0.0.0');
    const client = await clientOf(demo);
    expect(demo.text()).toContain('WARNING');
    expect(await client.json('/api/info')).toMatchObject({ warning: expect.stringContaining('can run code') });
  });

  it.each(['0.0.0.0', '::'])('prints only addresses that work if it listens at %s', async (host) => {
    const demo = start('--port', '0', '--host', host);
    await clientOf(demo);
    const printed = demo.text().match(/http:\/\/\S+\//g) ?? [];
    expect(printed.filter((address) => /\/\/(0\.0\.0\.0|\[::\])/.test(address))).toEqual([]);
    for (const address of printed) expect((await fetch(`${address}api/info`)).status).toBe(200);
  });

  it('prints its flags without starting anything', async () => {
    const demo = start('--help');
    expect(await demo.ended).toBe(0);
    expect(demo.text()).toContain('--terminal');
  });
});
