import { useCallback, useEffect, useState } from 'react';
import type { DemoError, FileListing } from '../../api-types.ts';
import { listFiles } from '../api/demo-api.ts';
import { describeFailure } from '../api/demo-failure.ts';
import { uploadFile } from '../api/upload-file.ts';

/** A file that is being uploaded. */
export interface Upload {
  readonly key: number;
  readonly name: string;
  /** The fraction that has been uploaded, from 0 to 1. */
  readonly share: number;
  readonly failure?: DemoError;
}

export interface Files {
  readonly listing: FileListing;
  readonly uploads: readonly Upload[];
  refresh(): Promise<void>;
  upload(files: Iterable<File>): Promise<void>;
  dismiss(key: number): void;
}

const NONE: FileListing = { files: [], truncated: false };

/** Returns the files in the session's workspace, and the current uploads. `wake` returns the session for an upload. */
export function useFiles(session: string | undefined, wake: () => Promise<string>): Files {
  const [listing, setListing] = useState(NONE);
  const [uploads, setUploads] = useState<readonly Upload[]>([]);

  const refresh = useCallback(async () => {
    if (session === undefined) return setListing(NONE);
    await listFiles(session).then(setListing, () => undefined);
  }, [session]);

  useEffect(() => void refresh(), [refresh]);

  const dismiss = useCallback((key: number) => setUploads((all) => all.filter((one) => one.key !== key)), []);

  const upload = useCallback(
    async (files: Iterable<File>) => {
      for (const file of files) await sendOne({ wake, file, setUploads });
      await refresh();
    },
    [wake, refresh],
  );
  return { listing, uploads, refresh, upload, dismiss };
}

interface SendOptions {
  readonly file: File;
  wake(): Promise<string>;
  setUploads(change: (all: readonly Upload[]) => readonly Upload[]): void;
}

/** Number of uploads so far. The new count becomes the key of each upload. */
let count = 0;

async function sendOne({ wake, file, setUploads }: SendOptions): Promise<void> {
  count += 1;
  const key = count;
  const change = (part: Partial<Upload>) => setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  setUploads((all) => [...all, { key, name: file.name, share: 0 }]);
  try {
    const session = await wake();
    await uploadFile({ session, file, onProgress: (share) => change({ share }) });
    setUploads((all) => all.filter((one) => one.key !== key));
  } catch (thrown) {
    change({ failure: describeFailure(thrown) });
  }
}
