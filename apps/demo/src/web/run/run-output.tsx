import type { TruncationReport } from '@sandpod/core';
import { type ReactElement, type ReactNode, useMemo } from 'react';
import { useTail } from '../state/use-tail.ts';
import { formatBytes } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import type { RunOutputState } from './run-part.ts';
import { type StreamPiece, splitStreams } from './split-streams.ts';

interface RunOutputProps {
  readonly output: RunOutputState;
  /** True if the run may still print output. */
  readonly isQuiet: boolean;
}

/** Shows the output of a run as text. The output is never parsed as HTML. */
export function RunOutput({ output, isQuiet }: RunOutputProps): ReactNode {
  const { output: both, stdout, stderr, truncated, error } = output;
  const pieces = useMemo(
    () => [...splitStreams({ output: both, stdout, stderr }), ...errorPieces(error, stderr)],
    [both, stdout, stderr, error],
  );
  const tail = useTail<HTMLElement>(pieces);
  const hasBegun = output.outcome !== 'refused' && output.failure === undefined;
  if (pieces.length === 0) return isQuiet || !hasBegun ? null : <p className="run-silent">No output</p>;
  return (
    <div className="run-output">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <section ref={tail.ref} className="run-text" onScroll={tail.onScroll} tabIndex={0} aria-label="Output" translate="no">
        <pre>
          {pieces.map(({ stream, text }, index) => (
            <span key={index} className={stream}>
              {stream === 'stderr' && <span className="visually-hidden">Error output: </span>}
              {text}
            </span>
          ))}
        </pre>
      </section>
      {!tail.isFollowing && (
        <button type="button" className="to-end" onClick={tail.follow}>
          <Icon name="arrowDown" /> Latest output
        </button>
      )}
      {truncated !== undefined && <Truncation report={truncated} />}
    </div>
  );
}

/** Returns the language's error as output, if the back end reports the error separately from stderr. */
function errorPieces(error: RunOutputState['error'], stderr: string): readonly StreamPiece[] {
  if (error === undefined || stderr.includes(error.value)) return [];
  const text = error.traceback.length > 0 ? error.traceback.join('\n') : `${error.name}: ${error.value}`;
  return [{ stream: 'stderr', text }];
}

function Truncation({ report }: { readonly report: TruncationReport }): ReactElement {
  const omitted = (report.stdout?.omittedBytes ?? 0) + (report.stderr?.omittedBytes ?? 0);
  return <p className="run-cut">{formatBytes(omitted)} omitted: only the beginning and the end of long output are kept.</p>;
}
