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

  it('ends what computes, and says that the run was cancelled', async () => {
    await startSpinning();
    await stage.demo.stopButton.click();
    await expect.poll(() => stage.demo.outcomes(), { timeout: PATIENCE_MS }).toEqual(['cancelled']);
    await expect.poll(computing, { timeout: PATIENCE_MS }).toBe(false);
  });

  it('is done by Escape as well, and the next run works', async () => {
    await startSpinning();
    await stage.demo.page.keyboard.press('Escape');
    await expect.poll(computing, { timeout: PATIENCE_MS }).toBe(false);
    await stage.demo.ready();
    await stage.demo.run('print(6 * 7)');
    expect(await stage.demo.outcomes()).toEqual(['cancelled', 'ok']);
    expect(await stage.demo.output.textContent()).toContain('42');
  });

  it('works where every connection that the browser allows is taken, as by other tabs', async () => {
    const { demo } = stage;
    await startSpinning();
    await demo.page.evaluate(holdConnections, `/api/sessions/${await demo.sessionId()}/alive`);
    await demo.stopButton.click();
    await expect.poll(() => demo.outcomes(), { timeout: PATIENCE_MS }).toEqual(['cancelled']);
    await expect.poll(computing, { timeout: PATIENCE_MS }).toBe(false);
    await demo.run('print(6 * 7)');
    expect(await demo.outcomes()).toEqual(['cancelled', 'ok']);
  });

  it('is done by closing the tab, which frees the session', async () => {
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

/** Runs in the page: opens streams until, with the page's own and that of its run, there are the six that browsers allow. */
async function holdConnections(url: string): Promise<void> {
  for (let count = 0; count < 4; count += 1) {
    const stream = new EventSource(url);
    await new Promise((resolve) => stream.addEventListener('open', resolve, { once: true }));
  }
}
