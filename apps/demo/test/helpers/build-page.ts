import { execFile } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { mkdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const APP = join(import.meta.dirname, '../..');
/** Sources of the page outside its folder. */
const SHARED = join(APP, '../../packages/core/src/text');
const PAGE = join(APP, 'dist/web');
const LOCK = join(APP, 'dist/.building');
const LOOK_MS = 200;
/** Age of a lock that counts as abandoned, because a killed builder does not remove its lock. */
const LOCK_LASTS_MS = 60_000;

/** Builds the page unless it is newer than its sources. If several test files run at the same time, one builds, and the others wait. */
export async function buildPage(): Promise<void> {
  await mkdir(join(APP, 'dist'), { recursive: true });
  while (!isFresh()) {
    if (await takeLock()) await buildLocked();
    else await sleep(LOOK_MS);
  }
}

async function buildLocked(): Promise<void> {
  const outDir = join(APP, `dist/web-${process.pid}`);
  try {
    if (isFresh()) return;
    await runVite(outDir);
    await rm(PAGE, { recursive: true, force: true });
    await rename(outDir, PAGE);
  } finally {
    await rm(outDir, { recursive: true, force: true });
    await rmdir(LOCK);
  }
}

/** In a separate process, because the test run's NODE_ENV would cause a development build. */
async function runVite(outDir: string): Promise<void> {
  const vite = join(APP, 'node_modules/vite/bin/vite.js');
  const argv = [vite, 'build', '--logLevel', 'warn', '--outDir', outDir, '--emptyOutDir'];
  await promisify(execFile)(process.execPath, argv, { cwd: APP, env: { ...process.env, NODE_ENV: 'production' } });
}

async function takeLock(): Promise<boolean> {
  try {
    await mkdir(LOCK);
    return true;
  } catch {
    const made = await stat(LOCK).catch(() => undefined);
    if (made !== undefined && Date.now() - made.mtimeMs > LOCK_LASTS_MS) await rmdir(LOCK).catch(() => undefined);
    return false;
  }
}

function isFresh(): boolean {
  const page = join(PAGE, 'index.html');
  if (!existsSync(page)) return false;
  const builtAt = statSync(page).mtimeMs;
  const sources = ['vite.config.ts', 'src/saved-name.ts', ...globSync('src/web/**/*.*', { cwd: APP })].map((file) => join(APP, file));
  const shared = globSync('*.ts', { cwd: SHARED }).map((file) => join(SHARED, file));
  return [...sources, ...shared].every((file) => statSync(file).mtimeMs <= builtAt);
}
