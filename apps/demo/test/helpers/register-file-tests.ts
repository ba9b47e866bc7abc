import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { PATIENCE_MS } from './demo-page.ts';
import type { DemoServerOptions } from './demo-server.ts';
import { useDemo } from './use-demo.ts';

const TEXT = 'name,score\n"Lovelace, Ada",10\nTuring,9\n';

/** Files to and from the sandbox, in a real browser, on `backend`. */
export function registerFileTests(backend: string, { flags = [], environment = {} }: DemoServerOptions = {}): void {
  describe(`files on ${backend}`, { timeout: 180_000 }, () => {
    const stage = useDemo({ flags: ['--on', backend, ...flags], environment });

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

    it('that a run created are listed with their size, and tables are shown', async () => {
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
  });
}
