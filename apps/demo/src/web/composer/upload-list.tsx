import type { ReactElement, ReactNode } from 'react';
import type { Files, Upload } from '../state/use-files.ts';
import { Icon } from '../ui/icon.tsx';
import { shownName } from '../ui/shown-name.ts';

/** Lists files that are being uploaded, and files whose upload failed. */
export function UploadList({ files: { uploads, dismiss } }: { readonly files: Files }): ReactNode {
  if (uploads.length === 0) return null;
  return (
    <ul className="uploads" aria-label="Uploads">
      {uploads.map((upload) => (
        <li key={upload.key}>
          <OneUpload upload={upload} onDismiss={() => dismiss(upload.key)} />
        </li>
      ))}
    </ul>
  );
}

function OneUpload({ upload, onDismiss }: { readonly upload: Upload; onDismiss(): void }): ReactElement {
  const { share, failure } = upload;
  const name = shownName(upload.name);
  if (failure === undefined) {
    return (
      <span className="upload">
        <span className="file-name">{name}</span>
        <progress value={share} max={1} aria-label={`Uploading ${name}`} />
      </span>
    );
  }
  return (
    <span className="upload upload-failed" role="alert">
      <span>
        <span className="file-name">{name}</span>: {failure.message} {failure.advice}
      </span>
      <button type="button" className="button-quiet" onClick={onDismiss} aria-label={`Dismiss the error for ${name}`}>
        <Icon name="close" />
      </button>
    </span>
  );
}
