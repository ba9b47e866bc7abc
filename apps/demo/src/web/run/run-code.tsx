import { showCode } from '@sandpod/core/text';
import { type ReactElement, type ReactNode, useState } from 'react';
import { CodeView } from '../ui/code-view.tsx';
import { formatLanguage } from '../ui/format.ts';

/** Number of lines that are shown at first. */
const FEW_LINES = 14;

interface RunCodeProps {
  readonly code: string;
  readonly language: string;
  /** If true, shows all lines, because the user must approve the code. */
  readonly isAsked: boolean;
  /** True if the message directly above contains the same code. */
  readonly isKnown: boolean;
}

/** Shows the code of a run. Long code is shortened, unless the user must approve it. */
export function RunCode({ code, language, isAsked, isKnown }: RunCodeProps): ReactElement {
  const [isWhole, setWhole] = useState(false);
  const lines = code.split('\n').length;
  const isCut = !isWhole && lines > FEW_LINES + 4;
  if (isAsked) return <AskedCode code={code} language={language} />;
  const view = <CodeView code={isCut ? firstLines(code) : code} language={language} label={`${formatLanguage(language)} code`} />;
  if (isKnown) {
    return (
      <details className="run-known">
        <summary>Your code, as is</summary>
        {view}
      </details>
    );
  }
  return (
    <div className="run-code" data-cut={isCut}>
      {view}
      {isCut && (
        <button type="button" className="run-more" onClick={() => setWhole(true)}>
          Show all {lines} lines
        </button>
      )}
    </div>
  );
}

/** Shows all of the code that the user must approve, with warnings about anything in it that can deceive the user. */
function AskedCode({ code, language }: Pick<RunCodeProps, 'code' | 'language'>): ReactNode {
  const { text, warnings } = showCode(code);
  return (
    <div className="run-code" data-asked="true">
      <CodeView code={text} language={language} label={`${formatLanguage(language)} code`} isAsked />
      {warnings.length > 0 && (
        <ul className="run-warnings" aria-label="Warnings about this code">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function firstLines(code: string): string {
  return code.split('\n').slice(0, FEW_LINES).join('\n');
}
