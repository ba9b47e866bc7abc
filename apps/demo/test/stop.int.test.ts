import { describe, expect, it } from 'vitest';
import { busyDescendants } from './helpers/busy-processes.ts';
import { PATIENCE_MS } from './helpers/demo-page.ts';
import { useDemo } from './helpers/use-demo.ts';

const ENDLESS = '```python\nprint("spinning", flush=True)\nwhile True:\n    pass\n```';

describe('stopping', { timeout: 180_000 }, () => {
  const stage = useDemo();

  const computing = async (): Promise<boolean> => (await busyDescendants(stage.server.pid)).length > 0;

  async function startSpinning(): Promise<void> {
    await stage.demo.send(ENDLESS);
    await expect.poll(() => stage.demo.output.textContent(), { timeout: PATIENCE_MS }).toContain('spinning');
    await expect.poll(computing, { timeout: PATIENCE_MS }).toBe(true);
  }

  it('ends the computation, and reports that the run was cancelled', async () => {
    await startSpinning();
    await stage.demo.stopButton.click();
    await expect.poll(() => stage.demo.outcomes(), { timeout: PATIENCE_MS }).toEqual(['cancelled']);
    await expect.poll(computing, { timeout: PATIENCE_MS }).toBe(false);
  });

  it('also works with Escape, and the next run works', async () => {
    await startSpinning();
    await stage.demo.page.keyboard.press('Escape');
    await expect.poll(computing, { timeout: PATIENCE_MS }).toBe(false);
    await stage.demo.ready();
    await stage.demo.run('print(6 * 7)');
    expect(await stage.demo.outcomes()).toEqual(['cancelled', 'ok']);
    expect(await stage.demo.output.textContent()).toContain('42');
  });

  it('works if other tabs use all connections that the browser allows', async () => {
    const { demo } = stage;
    await startSpinning();
    await demo.page.evaluate(holdConnections, `/api/sessions/${await demo.sessionId()}/alive`);
    await demo.stopButton.click();
    await expect.poll(() => demo.outcomes(), { timeout: PATIENCE_MS }).toEqual(['cancelled']);
    await expect.poll(computing, { timeout: PATIENCE_MS }).toBe(false);
    await demo.run('print(6 * 7)');
    expect(await demo.outcomes()).toEqual(['cancelled', 'ok']);
  });

  it('happens when the tab is closed, which also ends the session', async () => {
    await startSpinning();
    await stage.demo.page.evaluate(() => window.dispatchEvent(new Event('pagehide')));
    const id = await stage.demo.sessionId();
    expect(id).not.toBe('');
    await stage.demo.close();
    await expect.poll(computing, { timeout: PATIENCE_MS }).toBe(false);
    const look = async (): Promise<number> => (await fetch(`${stage.server.url}api/sessions/${id}`)).status;
    await expect.poll(look, { timeout: PATIENCE_MS, interval: 500 }).toBe(404);
  });
});

/** Runs in the page: opens streams until all six connections that browsers allow are used, including those of the page and its run. */
async function holdConnections(url: string): Promise<void> {
  for (let count = 0; count < 4; count += 1) {
    const stream = new EventSource(url);
    await new Promise((resolve) => stream.addEventListener('open', resolve, { once: true }));
  }
}
