import { type ReactElement, type ReactNode, useState } from 'react';
import { savedName } from '../../saved-name.ts';
import { fileUrl } from '../api/demo-api.ts';
import { formatBytes } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { shownName } from '../ui/shown-name.ts';
import { CsvPreview } from './csv-preview.tsx';
import { dataUrl, isPicture } from './picture.ts';
import type { RunOutputState } from './run-part.ts';

type MadeFile = RunOutputState['files'][number];

interface MadeFilesProps {
  readonly files: readonly MadeFile[];
  /** Number of files that are not in `files`. */
  readonly omitted: number;
  readonly session: string | undefined;
  readonly isDone: boolean;
}

/** Maximum number of images and tables that are shown. The other files are only listed. */
const MAX_SHOWN = 6;

/** Shows the files that a run created: images and tables directly, and all files as downloads. */
export function MadeFiles({ files, omitted, session, isDone }: MadeFilesProps): ReactNode {
  if (files.length === 0) return null;
  const pictures = files.filter(({ mediaType }) => isPicture(mediaType));
  const tables = files.filter(({ path, mediaType }) => mediaType === 'text/csv' || /\.csv$/i.test(path)).slice(0, MAX_SHOWN);
  return (
    <div className="made">
      {pictures.slice(0, MAX_SHOWN).map((file) => (
        <Picture key={file.path} file={file} session={session} />
      ))}
      {pictures.length > MAX_SHOWN && <p className="muted">{pictures.length - MAX_SHOWN} more pictures are not shown.</p>}
      {isDone && session !== undefined && tables.map((file) => <CsvPreview key={file.path} session={session} path={file.path} />)}
      <ul className="made-list" aria-label="Files made">
        {files.map((file) => (
          <li key={file.path}>
            <FileLink file={file} session={session} />
          </li>
        ))}
        {omitted > 0 && <li className="muted">and {omitted} more</li>}
      </ul>
    </div>
  );
}

interface FileProps {
  readonly file: MadeFile;
  readonly session: string | undefined;
}

function Picture({ file: { path, mediaType, data }, session }: FileProps): ReactNode {
  const [isBroken, setBroken] = useState(false);
  if (isBroken || (data === undefined && session === undefined)) return null;
  const source = data === undefined ? fileUrl(session ?? '', path, { inline: true }) : dataUrl(mediaType, data);
  return (
    <figure className="picture">
      <img src={source} alt={`Created by the run: ${shownName(path)}`} onError={() => setBroken(true)} />
    </figure>
  );
}

function FileLink({ file: { path, size }, session }: FileProps): ReactElement {
  const text = (
    <>
      <span className="file-name">{shownName(path)}</span>
      <span className="file-size">{formatBytes(size)}</span>
    </>
  );
  if (session === undefined) {
    return (
      <span className="file-chip" title="The sandbox with this file is gone">
        <Icon name="file" />
        {text}
      </span>
    );
  }
  return (
    <a className="file-chip" href={fileUrl(session, path)} download={savedName(path)} title={`Download ${shownName(path)}`}>
      <Icon name="download" />
      {text}
    </a>
  );
}
