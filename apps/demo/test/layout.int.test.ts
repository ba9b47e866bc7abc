import { describe, expect, it } from 'vitest';
import { DemoPage, PATIENCE_MS } from './helpers/demo-page.ts';
import { useDemo } from './helpers/use-demo.ts';

const WIDE = `print("wide " * 60)
print("w" * 400)
open("a-file-with-quite-a-long-name-that-does-not-fit-on-a-phone-at-all-really.csv", "w").write("one,two,three,four,five,six,seven,eight\\n" + ",".join(["12345678901234567890"] * 8) + "\\n")`;

describe('layout', { timeout: 180_000 }, () => {
  const stage = useDemo();

  /** Elements that extend beyond the right edge of the window, and are not inside an element that scrolls or clips. */
  function overflowing(demo: DemoPage): Promise<string[]> {
    return demo.page.evaluate(() => {
      const root = document.documentElement;
      const main = document.querySelector('.conversation') ?? root;
      const wide = [root, main].filter((element) => element.scrollWidth > element.clientWidth).map(({ className }) => className || 'page');
      const header = [...document.querySelectorAll('.header *, .composer *')].filter(
        (element) => element.getBoundingClientRect().right > window.innerWidth + 0.5 && getComputedStyle(element).position !== 'absolute',
      );
      return [...wide, ...header.map(({ tagName, className }) => `${tagName}.${className}`)];
    });
  }

  it('fits a phone of 360 pixels: nothing scrolls sideways', async () => {
    const demo = await DemoPage.open(stage.browser, stage.server.url, { viewport: { width: 360, height: 720 }, hasTouch: true });
    expect(await overflowing(demo)).toEqual([]);
    await demo.run(WIDE);
    await demo.page.locator('.table-preview').waitFor();
    expect(await overflowing(demo)).toEqual([]);
    for (const name of [/Runs on/, /Model:/, /in the workspace/]) {
      await demo.page.getByRole('button', { name }).click();
      const box = await demo.page.locator(':popover-open').boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360);
      await demo.page.keyboard.press('Escape');
    }
    await demo.page.evaluate((name) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], name));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, 'n'.repeat(300));
    await demo.page.locator('.upload-failed').waitFor();
    expect(await overflowing(demo)).toEqual([]);
    await demo.close();
  });

  it('works with the keyboard alone: skip link, menu, scene, stop', async () => {
    const { page } = stage.demo;
    const first = await page.evaluate(() => document.querySelector('a[href], button, input, textarea')?.textContent);
    expect(first).toBe('Skip to the conversation');
    await page.locator('.skip').focus();
    expect((await page.locator('.skip').boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toContain('Runs on embedded');
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle);
    expect(outline).toBe('solid');
    await page.keyboard.press('Enter');
    await page.locator(':popover-open').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-backend'))).toBe('embedded');
    await page.keyboard.press('Escape');
    expect(await page.locator(':popover-open').count()).toBe(0);
    await page.locator('.skip').focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('conversation');
    for (let step = 0; step < 12 && (await focusedScene(stage.demo)) !== 'long-run'; step += 1) await page.keyboard.press('Tab');
    expect(await focusedScene(stage.demo)).toBe('long-run');
    await page.keyboard.press('Enter');
    await expect.poll(() => stage.demo.output.textContent(), { timeout: PATIENCE_MS }).toContain('primes');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    await stage.demo.stopButton.press('Enter');
    await expect.poll(() => stage.demo.outcomes(), { timeout: PATIENCE_MS }).toEqual(['cancelled']);
    await stage.demo.ready();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
  });

  it('reports the state to a screen reader, not the stream', async () => {
    const { demo } = stage;
    const status = demo.page.locator('p[role="status"]');
    await demo.run('print("said")\nraise SystemExit(3)');
    await expect.poll(() => status.textContent(), { timeout: PATIENCE_MS }).toContain('Python code: exit code 3');
    expect(await status.textContent()).not.toContain('said');
    const named = await demo.page
      .getByRole('button')
      .evaluateAll((all) => all.every((button) => (button.getAttribute('aria-label') ?? button.textContent ?? '').trim() !== ''));
    expect(named).toBe(true);
    await demo.run('import sys\nprint("oh", file=sys.stderr)');
    const copied = await demo.output.evaluate((output) => {
      getSelection()?.selectAllChildren(output);
      return getSelection()?.toString().trim();
    });
    expect(copied).toBe('oh');
    for (const role of ['banner', 'main', 'log'] as const) expect(await demo.page.getByRole(role).count()).toBe(1);
  });

  it('is dark or light like the system, or as the user chooses', async () => {
    for (const [colorScheme, isDark] of [
      ['light', false],
      ['dark', true],
    ] as const) {
      const demo = await DemoPage.open(stage.browser, stage.server.url, { colorScheme });
      expect(await isDarkPage(demo)).toBe(isDark);
      await demo.page.getByRole('button', { name: /^Colors/ }).click();
      expect(await isDarkPage(demo)).toBe(false);
      await demo.page.getByRole('button', { name: /^Colors/ }).click();
      expect(await isDarkPage(demo)).toBe(true);
      await demo.page.reload();
      await demo.ready();
      expect(await isDarkPage(demo)).toBe(true);
      await demo.close();
    }
  });

  it('has enough contrast in both', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const demo = await DemoPage.open(stage.browser, stage.server.url, { colorScheme });
      await demo.run('import sys\nprint(1)\nprint("oh", file=sys.stderr)');
      const ratios = await demo.page.evaluate(measureContrast, [
        '.empty-lead',
        '.message-user',
        '.chip',
        '.stderr',
        '.composer-hint',
        '.brand',
        '.run-language',
      ]);
      for (const { selector, ratio } of ratios) expect(ratio, `${selector} in ${colorScheme}`).toBeGreaterThanOrEqual(4.5);
      await demo.close();
    }
  });

  it('does not move if the system requests less motion', async () => {
    const demo = await DemoPage.open(stage.browser, stage.server.url, { reducedMotion: 'reduce' });
    await demo.playScene('long-run');
    await demo.runs.last().locator('.chip').waitFor();
    expect(await demo.page.evaluate(() => document.getAnimations().length)).toBe(0);
    await demo.stopButton.click();
    await demo.close();
  });

  it('is small: at most 400 kB in total, compressed', async () => {
    const sizes: number[] = [];
    const { page } = stage.demo;
    const paths = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
    const { gzipSync } = await import('node:zlib');
    for (const path of ['/', ...paths.filter((one) => !one.startsWith('/api/'))]) {
      const response = await fetch(new URL(path, stage.server.url));
      sizes.push(gzipSync(Buffer.from(await response.arrayBuffer())).length);
    }
    expect(sizes.length).toBeGreaterThan(2);
    expect(sizes.reduce((all, one) => all + one, 0)).toBeLessThan(400_000);
  });
});

function focusedScene(demo: DemoPage): Promise<string | null | undefined> {
  return demo.page.evaluate(() => document.activeElement?.getAttribute('data-scene'));
}

/** Determined from the page's background color. */
function isDarkPage(demo: DemoPage): Promise<boolean> {
  return demo.page.evaluate(() => {
    const [red = 0, green = 0, blue = 0] = getComputedStyle(document.body).backgroundColor.match(/\d+/g)?.map(Number) ?? [];
    return red + green + blue < 380;
  });
}

/** Runs in the page: the contrast of text with the nearest background below it (WCAG 2). */
function measureContrast(selectors: readonly string[]): { selector: string; ratio: number }[] {
  const channels = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = channels(color).map((value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const backgroundOf = (element: Element | null): string => {
    if (element === null) return 'rgb(255, 255, 255)';
    const { backgroundColor } = getComputedStyle(element);
    return channels(backgroundColor)[3] === 0 ? backgroundOf(element.parentElement) : backgroundColor;
  };
  return selectors.flatMap((selector) => {
    const element = document.querySelector(selector);
    if (element === null) return [];
    const [lighter = 0, darker = 0] = [luminance(getComputedStyle(element).color), luminance(backgroundOf(element))].sort((a, b) => b - a);
    return [{ selector, ratio: (lighter + 0.05) / (darker + 0.05) }];
  });
}
