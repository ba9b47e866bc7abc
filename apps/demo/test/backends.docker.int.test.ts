import { describe, expect, it } from 'vitest';
import { PATIENCE_MS } from './helpers/demo-page.ts';
import { useDemo } from './helpers/use-demo.ts';

describe('the menu of back ends', { timeout: 180_000 }, () => {
  const stage = useDemo({ flags: ['--image', 'testbed/polyglot:1'] });

  it('switches to a fresh sandbox on another back end, and keeps the conversation', async () => {
    const { demo } = stage;
    await demo.run('import sys\nprint(sys.platform)\nopen("here.txt", "w").write("x")');
    expect(await demo.output.textContent()).toContain('wasi');
    await demo.page.getByRole('button', { name: /Runs on embedded/ }).click();
    const docker = demo.page.locator('[data-backend="docker"]');
    await expect.poll(() => docker.getAttribute('aria-disabled'), { timeout: PATIENCE_MS }).toBe('false');
    await docker.click();
    await demo.page.getByRole('button', { name: /Runs on docker/ }).waitFor();
    await demo.ready();
    await demo.run('import os, sys\nprint(sys.platform, os.path.exists("here.txt"))');
    expect(await demo.output.textContent()).toContain('linux False');
    expect(await demo.page.locator('.notice').textContent()).toContain('docker');
    expect(await demo.outcomes()).toEqual(['ok', 'ok']);
  });
});
