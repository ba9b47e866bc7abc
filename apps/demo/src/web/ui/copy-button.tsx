import { type ReactNode, useEffect, useState } from 'react';
import { Icon } from './icon.tsx';

const SHOWN_MS = 1_600;

/**
 * Shows a button that copies a text and confirms this for a moment. Shows nothing if the page cannot copy, for example at an insecure
 * address.
 */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (clipboard === undefined) return null;
  const copy = () => {
    clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <button type="button" className="button-quiet" onClick={copy} aria-label={isCopied ? 'Copied' : label} title={label}>
      <Icon name={isCopied ? 'check' : 'copy'} />
    </button>
  );
}
