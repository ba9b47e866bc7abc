import { type ReactElement, useState } from 'react';
import { revealHidden } from '../../reveal-hidden.ts';
import { CodeView } from '../ui/code-view.tsx';
import { formatLanguage } from '../ui/format.ts';

/** Lines that are shown at first. */
const FEW_LINES = 14;

interface RunCodeProps {
  readonly code: string;
  readonly language: string;
  /** Show every line: the person is asked about this code. */
  readonly isAsked: boolean;
  /** The person wrote this very code just above. */
  readonly isKnown: boolean;
}

/** The code of a run; the beginning of it where it is long and not in question. */
export function RunCode({ code, language, isAsked, isKnown }: RunCodeProps): ReactElement {
  const [isWhole, setWhole] = useState(false);
  const lines = code.split('\n').length;
  const isCut = !isAsked && !isWhole && lines > FEW_LINES + 4;
  const shown = isAsked ? revealHidden(code) : code;
  const view = <CodeView code={isCut ? firstLines(shown) : shown} language={language} label={`${formatLanguage(language)} code`} />;
  if (isKnown && !isAsked) {
    return (
      <details className="run-known">
        <summary>Your code, as it is</summary>
        {view}
      </details>
    );
  }
  return (
    <div className="run-code" data-cut={isCut} data-asked={isAsked}>
      {view}
      {isCut && (
        <button type="button" className="run-more" onClick={() => setWhole(true)}>
          Show all {lines} lines
        </button>
      )}
    </div>
  );
}

function firstLines(code: string): string {
  return code.split('\n').slice(0, FEW_LINES).join('\n');
}
