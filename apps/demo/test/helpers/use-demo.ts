import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { openBrowser } from './browser.ts';
import { DemoPage } from './demo-page.ts';
import { DemoServer, type DemoServerOptions } from './demo-server.ts';

/** Milliseconds, long enough to build the page. */
const SETUP_MS = 120_000;

/** The demo for a test. Set before the test begins. */
export interface Stage {
  server: DemoServer;
  browser: Browser;
  demo: DemoPage;
}

/** One server and one browser for the tests of a file, a fresh profile and page for each test. */
export function useDemo(options: DemoServerOptions = {}): Stage {
  const stage = {} as Stage;
  beforeAll(async () => {
    stage.server = await DemoServer.start(options);
    stage.browser = await openBrowser();
  }, SETUP_MS);
  afterAll(async () => {
    await stage.browser?.close();
    await stage.server?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    stage.demo = await DemoPage.open(stage.browser, stage.server.url);
  }, SETUP_MS);
  afterEach(() => stage.demo?.close());
  return stage;
}
