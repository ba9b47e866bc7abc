import type { UploadedFile } from '../../api-types.ts';
import { DEMO_HEADERS, fileUrl } from './demo-api.ts';
import { DemoFailure, parseErrorDocument } from './demo-failure.ts';

interface UploadOptions {
  readonly session: string;
  readonly file: File;
  /** Called with the fraction that has been uploaded, from 0 to 1. */
  onProgress(share: number): void;
}

/** Uploads a file to the session's workspace. Uses XMLHttpRequest, because fetch does not report upload progress. */
export function uploadFile({ session, file, onProgress }: UploadOptions): Promise<UploadedFile> {
  const { promise, resolve, reject } = Promise.withResolvers<UploadedFile>();
  const sending = new XMLHttpRequest();
  sending.open('PUT', fileUrl(session, file.name));
  for (const [name, value] of Object.entries(DEMO_HEADERS)) sending.setRequestHeader(name, value);
  sending.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
  sending.onload = () => {
    if (sending.status === 201) resolve(JSON.parse(sending.responseText) as UploadedFile);
    else reject(refusalOf(sending));
  };
  sending.onerror = async () => reject((await isReadable(file)) ? new Error('network: the upload was interrupted') : unreadable());
  sending.send(file);
  return promise;
}

/**
 * Checks whether a file can be read. Returns false for folders, which browsers pass as files, and for files that were changed or deleted.
 */
async function isReadable(file: File): Promise<boolean> {
  return file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
}

function unreadable(): DemoFailure {
  const advice = 'To upload a folder, choose the files in it. If the file was changed, choose it again.';
  return new DemoFailure({ code: 'unreadable', message: 'The file could not be read.', advice }, 0);
}

function refusalOf({ status, responseText }: XMLHttpRequest): DemoFailure {
  return new DemoFailure(parseErrorDocument(responseText) ?? { code: 'http', message: `The upload was refused (${status}).` }, status);
}
