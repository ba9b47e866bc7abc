import { describe, expect, it } from 'vitest';
import { DemoPage, PATIENCE_MS } from './helpers/demo-page.ts';
import { DemoServer } from './helpers/demo-server.ts';
import { useDemo } from './helpers/use-demo.ts';

describe('reloading', { timeout: 180_000 }, () => {
  const stage = useDemo();

  it('keeps the conversation and the sandbox', async () => {
    const { demo } = stage;
    await demo.run('open("kept.txt", "w").write("still here")\nprint("first")');
    const id = await demo.sessionId();
    await demo.page.reload();
    await demo.ready();
    expect(await demo.output.textContent()).toContain('first');
    expect(await demo.sessionId()).toBe(id);
    await demo.run('print(open("kept.txt").read())');
    expect(await demo.output.textContent()).toContain('still here');
    expect(await demo.page.locator('.notice').count()).toBe(0);
  });

  it('keeps a chart, too', async () => {
    const { demo } = stage;
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="120" height="40"/></svg>';
    await demo.run(`open("chart.svg", "w").write('${svg}')`);
    await demo.page.reload();
    const width = () => demo.page.locator('.picture img').evaluate((image) => (image as HTMLImageElement).naturalWidth);
    await expect.poll(width, { timeout: PATIENCE_MS }).toBe(120);
  });

  it('of a session that is gone keeps the conversation and reports that the sandbox is fresh', async () => {
    const { demo, server } = stage;
    await demo.run('open("lost.txt", "w").write("x")\nprint("before")');
    const id = await demo.sessionId();
    await fetch(`${server.url}api/sessions/${id}`, { method: 'DELETE', headers: { 'x-sandpod-demo': '1' } });
    await demo.page.reload();
    await demo.ready();
    expect(await demo.output.textContent()).toContain('before');
    expect(await demo.page.locator('.notice').textContent()).toContain('fresh');
    expect(await demo.page.getByRole('link', { name: /lost\.txt/ }).count()).toBe(0);
    await demo.run('print("after")');
    expect(await demo.outcomes()).toEqual(['ok', 'ok']);
  });

  it('is not needed after the server was restarted', async () => {
    const first = await DemoServer.start();
    const { port } = new URL(first.url);
    const demo = await DemoPage.open(stage.browser, first.url);
    await demo.run('print("one")');
    await first[Symbol.asyncDispose]();
    await demo.page.getByRole('alert').filter({ hasText: 'does not respond' }).waitFor();
    await using _second = await DemoServer.start({ flags: ['--port', port] });
    await demo.page.locator('.chip-dot[data-phase="asleep"]').waitFor();
    await demo.run('print("two")');
    expect(await demo.page.locator('.notice').count()).toBe(1);
    expect(await demo.outcomes()).toEqual(['ok', 'ok']);
    await demo.close();
  });

  it('differs from New chat, which starts without messages and files', async () => {
    const { demo } = stage;
    await demo.run('open("old.txt", "w").write("x")');
    await demo.page.getByRole('button', { name: '1 file in the workspace' }).waitFor();
    const id = await demo.sessionId();
    await demo.page.getByRole('button', { name: 'New chat' }).click();
    await demo.page.locator('.scene').first().waitFor();
    await demo.ready();
    await expect.poll(() => demo.sessionId(), { timeout: PATIENCE_MS }).not.toBe(id);
    await demo.run('import os\nprint(os.listdir("."))');
    expect(await demo.output.textContent()).not.toContain('old.txt');
  });
});
