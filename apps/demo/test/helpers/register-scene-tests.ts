import { describe, expect, it } from 'vitest';
import { PATIENCE_MS } from './demo-page.ts';
import type { DemoServerOptions } from './demo-server.ts';
import { useDemo } from './use-demo.ts';

/** Plays every scene in a real browser, with its code on `backend`. */
export function registerSceneTests(backend: string, { flags = [], environment = {} }: DemoServerOptions = {}): void {
  describe(`scenes on ${backend}`, { timeout: 180_000 }, () => {
    const stage = useDemo({ flags: ['--on', backend, ...flags], environment });

    it('solves the Tower of Hanoi in fifteen moves', async () => {
      await stage.demo.playScene('hanoi');
      await expect.poll(() => stage.demo.outcomes(), { timeout: PATIENCE_MS }).toEqual(['ok']);
      await stage.demo.ready();
      expect(await stage.demo.output.textContent()).toMatch(/15\. disc 1/);
      expect(await stage.demo.page.getByRole('article', { name: 'Agent' }).textContent()).toContain('15 moves');
    });

    it('creates a table and shows its chart as an image', async () => {
      await stage.demo.playScene('chart');
      await expect.poll(() => stage.demo.outcomes(), { timeout: PATIENCE_MS }).toEqual(['ok', 'ok']);
      const picture = stage.demo.page.locator('.picture img').first();
      await picture.waitFor();
      await expect
        .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth), { timeout: PATIENCE_MS })
        .toBeGreaterThan(100);
      expect(await stage.demo.page.locator('.table-preview td').first().textContent()).toBe('Jan');
    });

    it('shows the error with its exit code, then the run that fixes it', async () => {
      await stage.demo.playScene('fixed-error');
      await expect.poll(() => stage.demo.outcomes(), { timeout: PATIENCE_MS }).toEqual(['failed', 'ok']);
      const failed = stage.demo.runs.first();
      expect(await failed.locator('.chip').textContent()).toContain('exit code 1');
      expect(await failed.locator('.stderr').textContent()).toContain('ValueError');
      expect(await stage.demo.output.textContent()).toContain('average');
    });

    it('streams the output of a long run, which Stop ends', async () => {
      await stage.demo.playScene('long-run');
      await expect.poll(() => stage.demo.output.textContent(), { timeout: PATIENCE_MS }).toMatch(/primes below \d+\s+\d+ primes below/);
      expect(await stage.demo.runs.last().locator('.chip').textContent()).toMatch(/running/);
      await stage.demo.stopButton.click();
      await expect.poll(() => stage.demo.outcomes(), { timeout: PATIENCE_MS }).toEqual(['cancelled']);
      await stage.demo.ready();
    });
  });
}
