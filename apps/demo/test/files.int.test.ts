import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DemoPage, PATIENCE_MS } from './helpers/demo-page.ts';
import { DemoServer } from './helpers/demo-server.ts';
import { registerFileTests } from './helpers/register-file-tests.ts';
import { useDemo } from './helpers/use-demo.ts';

registerFileTests('embedded');

describe('files', { timeout: 180_000 }, () => {
  const stage = useDemo();

  it('are uploaded by dropping them on the page', async () => {
    const { demo } = stage;
    await demo.page.evaluate((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'dropped.csv', { type: 'text/csv' }));
      for (const type of ['dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }, 'name,score\nLovelace,10\n');
    await demo.page.getByRole('button', { name: '1 file in the workspace' }).waitFor();
    await demo.run('print(open("dropped.csv").read())');
    expect(await demo.output.textContent()).toContain('Lovelace');
  });

  it('are uploaded even if the browser treats the page as insecure, as from another device', async () => {
    await using server = await DemoServer.start({ flags: ['--host', '0.0.0.0'] });
    const demo = await DemoPage.open(stage.browser, `http://0.0.0.0:${new URL(server.url).port}/`);
    expect(await demo.page.evaluate(() => isSecureContext)).toBe(false);
    await demo.page.locator('input[type="file"]').setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('abc') });
    await demo.page.getByRole('button', { name: '1 file in the workspace' }).waitFor();
    await demo.run('print(open("a.txt").read())');
    expect(await demo.output.textContent()).toContain('abc');
    expect(await demo.page.getByRole('button', { name: 'Copy code' }).count()).toBe(0);
    await demo.close();
  });

  it('that are folders are refused with advice', async () => {
    const { page } = stage.demo;
    const folder = await mkdtemp(join(tmpdir(), 'folder-'));
    const browser = await page.context().newCDPSession(page);
    const data = { items: [], files: [folder], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await browser.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
    const refusal = page.locator('.upload-failed');
    await refusal.waitFor();
    expect(await refusal.textContent()).toContain('could not be read');
    expect(await refusal.textContent()).toContain('To upload a folder');
    await rm(folder, { recursive: true });
  });

  it('that only have the name of an image show no broken image', async () => {
    const { demo } = stage;
    await demo.run('open("none.png", "w").write("no picture")');
    await demo.runs
      .last()
      .getByRole('link', { name: /none\.png/ })
      .waitFor();
    await expect.poll(() => demo.page.locator('.picture').count(), { timeout: PATIENCE_MS }).toBe(0);
  });

  it('that are too large are refused with a reason', async () => {
    const { demo } = stage;
    const { maxUploadBytes } = (await (await fetch(`${stage.server.url}api/info`)).json()) as { maxUploadBytes: number };
    await demo.page.evaluate((size) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array(size)], 'huge.bin'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, maxUploadBytes + 1);
    const refusal = demo.page.locator('.upload-failed');
    await refusal.waitFor();
    expect(await refusal.textContent()).toContain('huge.bin');
    await refusal.getByRole('button').click();
    await refusal.waitFor({ state: 'detached' });
  });
});
