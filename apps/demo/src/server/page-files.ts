import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { MiddlewareHandler } from 'hono';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/vnd.microsoft.icon',
  json: 'application/json',
  webmanifest: 'application/manifest+json',
  woff2: 'font/woff2',
};
/** Matches the path of a file to whose name the build added a hash. */
const HASHED = /^\/assets\//;

interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

/** Serves the built page from memory, so that a path in a request never becomes a path on this machine. */
export function servePage(directory: string): MiddlewareHandler {
  let files = new Map<string, PageFile>();
  let builtMs = -1;
  const refresh = (): void => {
    const modifiedMs = statSync(join(directory, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? -1;
    if (modifiedMs !== builtMs) files = modifiedMs < 0 ? new Map() : readPage(directory);
    builtMs = modifiedMs;
  };
  return async (context, next) => {
    const { path } = context.req;
    if (!['GET', 'HEAD'].includes(context.req.method) || path.startsWith('/api/')) return next();
    if (path === '/') refresh();
    if (path === '/' && files.size === 0) return context.text('The page is not built. Build and start it with: npx pnpm@12 demo\n', 503);
    const file = files.get(path === '/' ? '/index.html' : path);
    if (!file) return next();
    const cacheControl = HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
    return context.body(file.bytes, 200, { 'content-type': file.contentType, 'cache-control': cacheControl });
  };
}

function readPage(directory: string): Map<string, PageFile> {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  const files = new Map<string, PageFile>();
  for (const name of names) {
    const contentType = CONTENT_TYPES[name.slice(name.lastIndexOf('.') + 1)];
    if (contentType)
      files.set(`/${name.replaceAll(sep, '/')}`, { bytes: new Uint8Array(readFileSync(join(directory, name))), contentType });
  }
  return files;
}
