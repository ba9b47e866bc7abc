import { type ReactNode, useId } from 'react';
import type { FileListing } from '../../api-types.ts';
import { savedName } from '../../saved-name.ts';
import { fileUrl } from '../api/demo-api.ts';
import { formatBytes } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { shownName } from '../ui/shown-name.ts';

interface WorkspaceMenuProps {
  readonly listing: FileListing;
  readonly session: string | undefined;
}

/** Lists the workspace's files for download. */
export function WorkspaceMenu({ listing: { files, truncated }, session }: WorkspaceMenuProps): ReactNode {
  const id = useId();
  if (files.length === 0 || session === undefined) return null;
  const count = `${files.length}${truncated ? '+' : ''} ${files.length === 1 ? 'file' : 'files'}`;
  return (
    <>
      <button type="button" className="pill pill-small" popoverTarget={id} aria-label={`${count} in the workspace`}>
        {count}
        <Icon name="chevron" />
      </button>
      <section id={id} popover="auto" className="popover popover-up" aria-label="Files in the workspace">
        <p className="popover-title">Files in the workspace</p>
        <ul className="workspace">
          {files.map(({ path, size }) => (
            <li key={path}>
              <a href={fileUrl(session, path)} download={savedName(path)}>
                <Icon name="download" />
                <span className="file-name">{shownName(path)}</span>
                <span className="file-size">{formatBytes(size)}</span>
              </a>
            </li>
          ))}
        </ul>
        {truncated && <p className="popover-hint">There are more files than listed.</p>}
      </section>
    </>
  );
}
