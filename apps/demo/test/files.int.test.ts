import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { PATIENCE_MS } from './helpers/demo-page.ts';
import { useDemo } from './helpers/use-demo.ts';

const TEXT = 'name,score\n"Lovelace, Ada",10\nTuring,9\n';

describe('files', { timeout: 180_000 }, () => {
  const stage = useDemo();

  it('are uploaded with the button, read by code, and downloaded byte for byte', async () => {
    const { demo } = stage;
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256));
    await demo.page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'data ü.bin', mimeType: 'application/octet-stream', buffer: bytes });
    await demo.page.getByRole('button', { name: '1 file in the workspace' }).click();
    const downloading = demo.page.waitForEvent('download');
    await demo.page.getByRole('link', { name: 'data ü.bin' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('data ü.bin');
    expect((await readFile(await download.path())).equals(bytes)).toBe(true);
    await demo.page.keyboard.press('Escape');
    await demo.run('import os\nprint(os.path.getsize("data ü.bin"))');
    expect(await demo.output.textContent()).toContain('70000');
  });

  it('are uploaded by dropping them on the page', async () => {
    const { demo } = stage;
    await demo.page.evaluate((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'dropped.csv', { type: 'text/csv' }));
      for (const type of ['dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }, TEXT);
    await demo.page.getByRole('button', { name: '1 file in the workspace' }).waitFor();
    await demo.run('print(open("dropped.csv").read())');
    expect(await demo.output.textContent()).toContain('Lovelace');
  });

  it('that a run made are listed with their size, and tables are shown', async () => {
    const { demo } = stage;
    await demo.run(`open("scores.csv", "w").write(${JSON.stringify(TEXT)})`);
    const run = demo.runs.last();
    await run.getByRole('link', { name: /scores\.csv/ }).waitFor();
    await expect
      .poll(() => run.locator('.table-preview td').allTextContents(), { timeout: PATIENCE_MS })
      .toEqual(['Lovelace, Ada', '10', 'Turing', '9']);
    const downloading = demo.page.waitForEvent('download');
    await run.getByRole('link', { name: /scores\.csv/ }).click();
    expect(await readFile(await (await downloading).path(), 'utf8')).toBe(TEXT);
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
