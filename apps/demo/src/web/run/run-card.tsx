import { memo, type ReactElement, type ReactNode } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';
import { formatLanguage } from '../ui/format.ts';
import { shownName } from '../ui/shown-name.ts';
import { type ApprovalAnswer, ApprovalForm } from './approval-form.tsx';
import { describeRun, type RunDescription } from './describe-run.ts';
import { MadeFiles } from './made-files.tsx';
import { RichResults } from './rich-results.tsx';
import { RunCode } from './run-code.tsx';
import { RunOutput } from './run-output.tsx';
import { codeOf, filenameOf, languageOf, outputOf, type RunOutputState, type RunPart } from './run-part.ts';
import { StatusChip } from './status-chip.tsx';

interface RunCardProps {
  readonly part: RunPart;
  /** True while the answer that contains this run is still being written. */
  readonly isLive: boolean;
  /** True if this is the last message, so that an approval request can still be answered. */
  readonly isLast: boolean;
  /** The session whose workspace contains the run's files. Undefined if the session has ended. */
  readonly session: string | undefined;
  /** True if the message directly above contains the same code. */
  readonly isCodeKnown: boolean;
  onAnswer(answer: ApprovalAnswer): void;
}

/** Shows a run: its code, state, output and files. */
export const RunCard = memo(function RunCard(props: RunCardProps): ReactElement {
  const { part, isLive, isLast, session, isCodeKnown } = props;
  const description = describeRun(part, { isLive, isLast, isReachable: session !== undefined });
  const isAsked = description.tone === 'waiting' && part.state === 'approval-requested';
  const output = outputOf(part);
  const code = codeOf(part);
  const filename = filenameOf(code);
  const language = formatLanguage(languageOf(part));
  return (
    <section
      className="run"
      aria-label={`Run of ${language} code: ${description.label}`}
      data-tone={description.tone}
      data-outcome={output?.outcome}
    >
      <div className="run-head">
        <span className="run-language">{language}</span>
        {filename !== undefined && <span className="run-file">{shownName(filename)}</span>}
        <StatusChip description={description} durationMs={output?.durationMs} isRunning={isLive && output?.status === 'running'} />
        <span className="run-space" />
        <CopyButton text={code} label="Copy code" />
      </div>
      <RunCode code={isAsked ? (part.input.code ?? '') : code} language={languageOf(part)} isAsked={isAsked} isKnown={isCodeKnown} />
      {isAsked && <ApprovalForm id={part.approval.id} onAnswer={props.onAnswer} />}
      {output !== undefined && <RunOutput output={output} isQuiet={description.tone === 'busy'} />}
      <RunNote description={description} output={output} />
      {output !== undefined && (
        <>
          <RichResults results={output.results} />
          <MadeFiles files={output.files} omitted={output.omittedFiles ?? 0} session={session} isDone={output.status === 'done'} />
        </>
      )}
    </section>
  );
});

interface RunNoteProps {
  readonly description: RunDescription;
  readonly output: RunOutputState | undefined;
}

function RunNote({ description: { reason, advice, tone, label }, output }: RunNoteProps): ReactNode {
  const isExpected = label.startsWith('exit code') || tone === 'good';
  const lost = output?.stateLost === true;
  if ((isExpected || (reason === undefined && advice === undefined)) && !lost) return null;
  return (
    <div className="run-note">
      {!isExpected && reason !== undefined && <p>{reason}</p>}
      {advice !== undefined && <p className="muted">{advice}</p>}
      {lost && <p>The sandbox was replaced: files and variables from earlier runs are gone.</p>}
    </div>
  );
}
