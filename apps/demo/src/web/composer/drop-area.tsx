import { type ReactNode, useEffect, useState } from 'react';

/** Accepts files that are dropped anywhere on the page. */
export function DropArea({ onFiles }: { onFiles(files: readonly File[]): void }): ReactNode {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const listening = new AbortController();
    const options = { signal: listening.signal };
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      onFiles(files);
    };
    window.addEventListener('dragover', over, options);
    window.addEventListener('dragleave', leave, options);
    window.addEventListener('drop', drop, options);
    return () => listening.abort();
  }, [onFiles]);
  return isOver ? (
    <div className="drop" aria-hidden="true">
      <p>Drop files into the workspace</p>
    </div>
  ) : null;
}
