import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { posix, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { quoteVisibly } from '@sandpod/core/text';
import type { Session } from '../session/session.ts';

/** Copies a whole file from the sandbox into a directory, by default the current directory. Never overwrites a file. */
export async function saveFile(session: Session, path: string, directory = '.'): Promise<string> {
  return session.withFiles(async (files, abortSignal) => {
    const content = await files.readFile({ path, abortSignal });
    if (content === null) return `The workspace has no file ${quoteVisibly(path)}.`;
    const target = resolve(directory, plainName(path));
    try {
      await pipeline(Readable.fromWeb(content), createWriteStream(target, { flags: 'wx' }));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        await rm(target, { force: true });
        throw error;
      }
      await content.cancel().catch(() => {});
      return `${target} already exists; nothing was written.`;
    }
    return `Saved as ${target}.`;
  });
}

/**
 * Returns a safe file name, because guests choose names. Keeps only characters that are harmless everywhere, and never returns the name of
 * a hidden file.
 */
function plainName(path: string): string {
  return (
    posix
      .basename(path)
      .replace(/[^\w. -]/g, '_')
      .replace(/^\.+/, '_') || 'file'
  );
}
