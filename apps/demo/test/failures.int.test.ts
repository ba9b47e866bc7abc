import { describe, expect, it } from 'vitest';
import { DemoPage, PATIENCE_MS } from './helpers/demo-page.ts';
import { useDemo } from './helpers/use-demo.ts';

const HEADERS = { 'x-sandpod-demo': '1', 'content-type': 'application/json' };

describe('failures', { timeout: 180_000 }, () => {
  const stage = useDemo();

  /** Opens as many sessions as the server allows. Returns their ids. */
  async function takeAll(): Promise<readonly string[]> {
    const ids: string[] = [];
    for (;;) {
      const response = await fetch(`${stage.server.url}api/sessions`, { method: 'POST', headers: HEADERS, body: '{}' });
      if (response.status === 429) return ids;
      expect(response.status).toBe(201);
      ids.push(((await response.json()) as { id: string }).id);
    }
  }

  it('to open a sandbox are reported with advice, and Retry works as soon as a session is free', async () => {
    const taken = await takeAll();
    const demo = new DemoPage(await (await stage.browser.newContext()).newPage());
    await demo.page.goto(stage.server.url);
    const banner = demo.page.getByRole('alert');
    await banner.waitFor();
    expect(await banner.getAttribute('data-code')).toBe('too-many-sessions');
    expect(await banner.locator('.banner-advice').textContent()).not.toBe('');
    for (const id of taken) await fetch(`${stage.server.url}api/sessions/${id}`, { method: 'DELETE', headers: HEADERS });
    await banner.getByRole('button', { name: 'Retry' }).click();
    await demo.ready();
    await demo.run('print("made it")');
    expect(await demo.outcomes()).toEqual(['ok']);
    await demo.close();
  });

  it('of a session that is gone are repaired, automatically or with Retry', async () => {
    const { demo } = stage;
    const gone = await demo.sessionId();
    await fetch(`${stage.server.url}api/sessions/${gone}`, { method: 'DELETE', headers: HEADERS });
    await demo.send('```python\nprint("again")\n```');
    const retry = demo.page.getByRole('button', { name: 'Retry' });
    const mended = async (): Promise<readonly (string | undefined)[]> => {
      if (await retry.isVisible()) await retry.click({ timeout: 1_000 }).catch(() => undefined);
      return demo.outcomes();
    };
    await expect.poll(mended, { timeout: PATIENCE_MS, interval: 500 }).toEqual(['ok']);
    await demo.ready();
    await expect.poll(() => demo.sessionId(), { timeout: PATIENCE_MS }).not.toBe(gone);
  });

  it('are not shown for an expired session: a new session is created when it is needed, and not before', async () => {
    const { demo } = stage;
    const expired = await demo.sessionId();
    await demo.page.evaluate(watchBanners);
    await fetch(`${stage.server.url}api/sessions/${expired}`, { method: 'DELETE', headers: HEADERS });
    await demo.page.locator('.chip-dot[data-phase="asleep"]').waitFor();
    await demo.page.locator('input[type="file"]').setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('abc') });
    await demo.page.getByRole('button', { name: '1 file in the workspace' }).waitFor();
    await demo.run('print(open("a.txt").read())');
    expect(await demo.output.textContent()).toContain('abc');
    expect(await demo.page.evaluate(() => Reflect.get(window, 'banners'))).toEqual([]);
  });

  it('of a language that the back end does not have list the available languages', async () => {
    const { demo } = stage;
    await demo.send('```cobol\nDISPLAY "HELLO".\n```');
    const answer = demo.page.getByRole('article', { name: 'Agent' });
    await expect.poll(() => answer.textContent(), { timeout: PATIENCE_MS }).toMatch(/does not run "cobol"; it runs .*python/);
    expect(await demo.runs.count()).toBe(0);
  });
});

/** Runs in the page: records every banner. */
function watchBanners(): void {
  const seen: (string | null)[] = [];
  Reflect.set(window, 'banners', seen);
  const look = (): void => {
    for (const { textContent } of document.querySelectorAll('.banner')) seen.push(textContent);
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
}
