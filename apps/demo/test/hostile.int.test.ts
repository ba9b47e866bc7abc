import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PATIENCE_MS } from './helpers/demo-page.ts';
import { useDemo } from './helpers/use-demo.ts';

/** Another site, which must never receive a request. */
const heard: string[] = [];
const stranger = createServer((request, response) => {
  heard.push(request.url ?? '');
  response.end();
});
let evil = '';

beforeAll(async () => {
  stranger.listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  evil = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
});
afterAll(() => {
  stranger.closeAllConnections();
  stranger.close();
});

/** If they were not treated as text, each would set a flag or send a request to the other site. */
const attacks = (): readonly string[] => [
  '<script>window.hacked=1</script>',
  '<img src=x onerror="window.hacked=1">',
  '<svg onload="window.hacked=1"><script>window.hacked=1</script></svg>',
  '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
  '<a href="javascript:window.hacked=1">click</a>',
  `<link rel=stylesheet href="${evil}/x.css"><img src="${evil}/pixel.png">`,
  `\u001b]8;;${evil}/\u0007link\u001b]8;;\u0007\u001b[2J\u001b[31mred\u001b]0;title\u0007`,
];

const svg =
  (): string => `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="80" height="60" onload="parent.hacked=1">
<script>window.hacked=1;parent.hacked=1;fetch("${evil}/svg")</script>
<image xlink:href="${evil}/image.png" width="10" height="10"/><foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="${evil}/"/></foreignObject>
<rect width="80" height="60"/></svg>`;

const markdown = (): string => `Look: <script>window.hacked=1</script> <img src="${evil}/raw.png" onerror="window.hacked=1">

![pixel](${evil}/pixel.png) [js](javascript:window.hacked=1) [data](data:text/html,<script>1</script>) [good](http://example.test/)`;

describe('hostile output', { timeout: 180_000 }, () => {
  const stage = useDemo();

  /** The dialogs that a page opened. */
  function watch(page: Page): readonly string[] {
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    return dialogs;
  }

  async function expectHarmless(page: Page, dialogs: readonly string[]): Promise<void> {
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(await page.locator('iframe, object, embed, #root script, #root link, #root [onload], #root [onerror]').count()).toBe(0);
    expect(dialogs).toEqual([]);
    expect(heard).toEqual([]);
  }

  it('is always text', async () => {
    const { demo } = stage;
    const dialogs = watch(demo.page);
    await demo.run(`import sys\nfor line in ${JSON.stringify(attacks())}:\n    print(line)\n    print(line, file=sys.stderr)`);
    const text = (await demo.output.textContent()) ?? '';
    expect(text).toContain('<script>window.hacked=1</script>');
    expect(text).toContain('<img src=x onerror="window.hacked=1">');
    expect(text).not.toContain('\u001b');
    expect(await demo.output.locator('script, img, svg, a, iframe, link').count()).toBe(0);
    await expectHarmless(demo.page, dialogs);
  });

  it('in an SVG appears as an image that runs nothing and sends no request', async () => {
    const { demo } = stage;
    const dialogs = watch(demo.page);
    await demo.run(`open("chart.svg", "w").write(${JSON.stringify(svg())})`);
    const picture = demo.page.locator('.picture img');
    await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth), { timeout: PATIENCE_MS }).toBe(80);
    await expectHarmless(demo.page, dialogs);
  });

  it('runs nothing if its address is opened directly', async () => {
    const { demo } = stage;
    await demo.run(
      `open("chart.svg", "w").write(${JSON.stringify(svg())})\nopen("page.html", "w").write("<script>window.hacked=1</script>")`,
    );
    const files = `${stage.server.url}api/sessions/${await demo.sessionId()}/files/`;
    const page = await demo.page.context().newPage();
    const dialogs = watch(page);
    await page.goto(`${files}chart.svg?inline=1`);
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(dialogs).toEqual([]);
    expect(heard).toEqual([]);
    const html = await fetch(`${files}page.html?inline=1`);
    expect(html.status === 200 && !html.headers.get('content-disposition')?.startsWith('attachment')).toBe(false);
  });

  it('in the names and content of files is text', async () => {
    const { demo } = stage;
    const dialogs = watch(demo.page);
    const names = ['<img src=x onerror=window.hacked=1>.txt', '"><script>window.hacked=1.csv', 'javascript:alert(1).svg'];
    await demo.run(`for name in ${JSON.stringify(names)}:\n    open(name, "w").write("a,<img src=x onerror=window.hacked=1>\\n1,2\\n")`);
    await demo.runs.last().getByRole('list', { name: 'Files made' }).waitFor();
    await demo.page.getByRole('button', { name: /in the workspace/ }).click();
    expect(await demo.page.locator('.workspace').textContent()).toContain('<img src=x onerror=window.hacked=1>.txt');
    await demo.page.keyboard.press('Escape');
    await demo.run('open("report\\u202egnp.exe", "w").write("x")');
    const link = demo.runs.last().getByRole('link', { name: /report/ });
    expect(await link.textContent()).toContain('report\\u{202e}gnp.exe');
    const downloading = demo.page.waitForEvent('download');
    await link.click();
    expect(await readFile(await (await downloading).path(), 'utf8')).toBe('x');
    await demo.page.getByRole('button', { name: /in the workspace/ }).click();
    expect(await demo.page.locator('#root').textContent()).not.toContain('\u202e');
    await expectHarmless(demo.page, dialogs);
  });

  it('in Markdown is neither HTML, nor a remote image, nor a script link', async () => {
    const { demo } = stage;
    const dialogs = watch(demo.page);
    await demo.send(markdown());
    const message = demo.page.locator('.message-user').first();
    await message.waitFor();
    await demo.ready();
    expect(await message.locator('img, script').count()).toBe(0);
    const links = await message.locator('a').evaluateAll((all) => all.map((link) => [link.getAttribute('href'), link.getAttribute('rel')]));
    expect(links.filter(([href]) => href !== '').map(([href]) => href)).toEqual(['http://example.test/']);
    expect(links.every(([, rel]) => rel?.includes('noopener'))).toBe(true);
    await expectHarmless(demo.page, dialogs);
  });

  it('of many megabytes leaves the page usable', async () => {
    const { demo } = stage;
    await demo.run('for i in range(60_000):\n    print("line", i, "x" * 200)');
    expect(await demo.runs.last().textContent()).toMatch(/omitted/);
    await demo.run('print("still here")');
    expect(await demo.output.textContent()).toContain('still here');
  });
});
