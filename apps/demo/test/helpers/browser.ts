import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real browser with a fresh profile: the program at CHROMIUM_PATH, else `chromium` in the PATH. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: FLAGS });
}

function findChromium(): string {
  const { CHROMIUM_PATH, PATH = '' } = process.env;
  const found =
    CHROMIUM_PATH ??
    PATH.split(delimiter)
      .map((directory) => join(directory, 'chromium'))
      .find(existsSync);
  if (found === undefined)
    throw new Error('No chromium: expected one on the PATH or at CHROMIUM_PATH; on Debian: apt-get install chromium.');
  return found;
}
