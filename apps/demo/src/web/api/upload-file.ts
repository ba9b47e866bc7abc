import type { UploadedFile } from '../../api-types.ts';
import { DEMO_HEADERS, fileUrl } from './demo-api.ts';
import { DemoFailure, parseErrorDocument } from './demo-failure.ts';

interface UploadOptions {
  readonly session: string;
  readonly file: File;
  /** From 0 to 1. */
  onProgress(share: number): void;
}

/** Puts a file into the session's workspace. XMLHttpRequest, because fetch reports no progress of what it sends. */
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
  sending.onerror = async () => reject((await isReadable(file)) ? new Error('network: the upload broke off') : unreadable());
  sending.send(file);
  return promise;
}

/** False for folders, which browsers hand over as files, and for files that changed or vanished. */
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
  const advice = 'Folders cannot be uploaded; choose the files in them. A file that changed must be chosen again.';
  return new DemoFailure({ code: 'unreadable', message: 'It could not be read.', advice }, 0);
}

function refusalOf({ status, responseText }: XMLHttpRequest): DemoFailure {
  return new DemoFailure(parseErrorDocument(responseText) ?? { code: 'http', message: `The upload was refused (${status}).` }, status);
}
