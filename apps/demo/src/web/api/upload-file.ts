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
  sending.onerror = () => reject(new Error('network: the upload broke off'));
  sending.send(file);
  return promise;
}

function refusalOf({ status, responseText }: XMLHttpRequest): DemoFailure {
  return new DemoFailure(parseErrorDocument(responseText) ?? { code: 'http', message: `The upload was refused (${status}).` }, status);
}
