import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

/** Milliseconds, long enough for a busy machine with two cores. */
export const PATIENCE_MS = 45_000;

/** Uses the chat as a user does. */
export class DemoPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(PATIENCE_MS);
  }

  /** Opens a tab with a fresh profile at the chat. Resolves when the user can write. */
  static async open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<DemoPage> {
    const context = await browser.newContext(options);
    const demo = new DemoPage(await context.newPage());
    await demo.page.goto(url);
    await demo.ready();
    return demo;
  }

  /** Waits until the sandbox is ready and nothing runs. */
  async ready(): Promise<void> {
    await this.page.locator('.header .chip-dot[data-phase="ready"]').waitFor();
    await this.page.locator('[data-action="send"]').waitFor();
  }

  get runs(): Locator {
    return this.page.locator('.run');
  }

  get output(): Locator {
    return this.runs.last().getByLabel('Output');
  }

  get stopButton(): Locator {
    return this.page.getByRole('button', { name: 'Stop', exact: true });
  }

  async send(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Message' }).fill(text);
    await this.page.getByRole('button', { name: 'Send' }).click();
  }

  /** Sends code between fences and waits for the end of the run. */
  async run(code: string, language = 'python'): Promise<void> {
    const before = await this.runs.count();
    await this.send(`\`\`\`${language}\n${code}\n\`\`\``);
    await this.runs.nth(before).and(this.page.locator('[data-outcome]')).waitFor();
    await this.ready();
  }

  async playScene(id: string): Promise<void> {
    await this.page.locator(`[data-scene="${id}"]`).click();
  }

  /** How each run ended, oldest first. */
  outcomes(): Promise<(string | undefined)[]> {
    return this.runs.evaluateAll((runs) => runs.map((run) => (run instanceof HTMLElement ? run.dataset['outcome'] : undefined)));
  }

  /** The session's id, as the page stores it for a reload. */
  sessionId(): Promise<string> {
    return this.page.evaluate(() => (JSON.parse(sessionStorage.getItem('sandpod-chat') ?? '{}') as { session?: string }).session ?? '');
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
