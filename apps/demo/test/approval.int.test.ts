import { describe, expect, it } from 'vitest';
import { PATIENCE_MS } from './helpers/demo-page.ts';
import { useDemo } from './helpers/use-demo.ts';

const CODE = '```python\nopen("ran.txt", "w").write("yes")\nprint("it ran")\n```';

describe('approval', { timeout: 180_000 }, () => {
  const stage = useDemo();

  async function ask(): Promise<void> {
    await stage.demo.page.getByRole('switch', { name: 'Ask first' }).click();
    await stage.demo.page.getByRole('switch', { name: 'Ask first', checked: true }).waitFor();
    await stage.demo.send(CODE);
    await stage.demo.page.getByRole('form', { name: 'Approval' }).waitFor();
  }

  async function fileNames(): Promise<string[]> {
    const id = await stage.demo.sessionId();
    const response = await fetch(`${stage.server.url}api/sessions/${id}/files`);
    const { files } = (await response.json()) as { files: { path: string }[] };
    return files.map(({ path }) => path);
  }

  it('shows the code and runs nothing until it is given', async () => {
    await ask();
    const run = stage.demo.runs.last();
    expect(await run.locator('.chip').textContent()).toBe('waiting for approval');
    expect(await run.locator('.code').textContent()).toContain('it ran');
    expect(await fileNames()).not.toContain('ran.txt');
    await run.getByRole('button', { name: 'Approve' }).click();
    await expect.poll(() => stage.demo.outcomes(), { timeout: PATIENCE_MS }).toEqual(['ok']);
    expect(await stage.demo.output.textContent()).toContain('it ran');
    expect(await fileNames()).toContain('ran.txt');
  });

  it('can be denied with a reason, and the code does not run', async () => {
    await ask();
    const run = stage.demo.runs.last();
    await run.getByRole('textbox', { name: 'Reason for denying' }).fill('not on a Sunday');
    await run.getByRole('button', { name: 'Deny' }).click();
    await expect.poll(() => run.locator('.chip').textContent(), { timeout: PATIENCE_MS }).toBe('denied');
    await stage.demo.ready();
    expect(await run.textContent()).toContain('not on a Sunday');
    expect(await fileNames()).not.toContain('ran.txt');
  });

  it('shows hidden characters in the code', async () => {
    await stage.demo.page.getByRole('switch', { name: 'Ask first' }).click();
    await stage.demo.page.getByRole('switch', { name: 'Ask first', checked: true }).waitFor();
    await stage.demo.send('```python\nprint("harmless")\u2028print("hidden")  # \u202eend\n```');
    await stage.demo.page.getByRole('form', { name: 'Approval' }).waitFor();
    const code = await stage.demo.runs.last().locator('.code').textContent();
    expect(code).toContain('print("harmless")\\u{2028}print("hidden")  # \\u{202e}end');
  });

  it('keeps all of the code in sight, and warns of what can deceive', async () => {
    const { page } = stage.demo;
    await page.setViewportSize({ width: 400, height: 800 });
    await page.getByRole('switch', { name: 'Ask first' }).click();
    await page.getByRole('switch', { name: 'Ask first', checked: true }).waitFor();
    await stage.demo.send(`\`\`\`python\nprint("hi")${' '.repeat(300)}; h\u0430rm() # \u3164${'x'.repeat(200)}\n\`\`\``);
    await page.getByRole('form', { name: 'Approval' }).waitFor();
    const code = stage.demo.runs.last().locator('.code');
    expect(await code.textContent()).toContain('print("hi")[... 300 blanks ...]; h\u0430rm() # \\u{3164}x');
    expect(await code.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    expect(await code.locator('pre').evaluate((element) => getComputedStyle(element).unicodeBidi)).toBe('bidi-override');
    const warnings = await page.getByRole('list', { name: 'Warnings about this code' }).textContent();
    expect(warnings).toContain('h\\u{430}rm');
    expect(warnings).toContain('Hidden characters');
  });

  it('is no longer requested after the user sent another message, and the chat continues', async () => {
    const { demo } = stage;
    await ask();
    await demo.send('```cobol\nSTOP RUN.\n```');
    await expect.poll(() => demo.page.getByRole('article', { name: 'Agent' }).count(), { timeout: PATIENCE_MS }).toBe(2);
    await demo.ready();
    expect(await demo.page.getByRole('form', { name: 'Approval' }).count()).toBe(0);
    expect(await demo.runs.first().textContent()).toContain('You sent another message, so the code did not run.');
    expect(await fileNames()).not.toContain('ran.txt');
    await demo.send(CODE);
    await demo.page.getByRole('button', { name: 'Approve' }).click();
    await expect.poll(() => demo.outcomes(), { timeout: PATIENCE_MS }).toEqual([undefined, 'ok']);
  });

  it('can be given or denied with the keyboard, and the user can continue to write', async () => {
    const { demo } = stage;
    const isWriting = (): Promise<boolean> => demo.page.evaluate(() => document.activeElement?.tagName === 'TEXTAREA');
    await ask();
    await demo.page.getByRole('button', { name: 'Approve' }).press('Enter');
    await expect.poll(() => demo.outcomes(), { timeout: PATIENCE_MS }).toEqual(['ok']);
    await demo.ready();
    expect(await isWriting()).toBe(true);
    await demo.send(CODE);
    await demo.page.getByRole('textbox', { name: 'Reason for denying' }).press('Enter');
    await expect.poll(() => demo.runs.last().locator('.chip').textContent(), { timeout: PATIENCE_MS }).toBe('denied');
    await demo.ready();
    expect(await isWriting()).toBe(true);
  });

  it('can be given after a reload', async () => {
    await ask();
    await stage.demo.page.reload();
    await stage.demo.page.getByRole('button', { name: 'Approve' }).click();
    await expect.poll(() => stage.demo.outcomes(), { timeout: PATIENCE_MS }).toEqual(['ok']);
  });
});
