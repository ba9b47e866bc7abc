import { memo, type ReactElement, type ReactNode } from 'react';
import type { DemoMessage } from '../../api-types.ts';
import type { ApprovalAnswer } from '../run/approval-form.tsx';
import { RunCard } from '../run/run-card.tsx';
import { isRunPart } from '../run/run-part.ts';
import { Boundary } from '../ui/boundary.tsx';
import { Markdown } from '../ui/markdown.tsx';

interface MessageViewProps {
  readonly message: DemoMessage;
  /** True while this answer is still being written. */
  readonly isLive: boolean;
  /** True if this is the last message, so that its approval requests can still be answered. */
  readonly isLast: boolean;
  /** The session whose workspace contains this message's files. Undefined if the session has ended. */
  readonly session: string | undefined;
  onAnswer(answer: ApprovalAnswer): void;
}

/** Shows a message: the user's text, or the agent's text and runs. */
export const MessageView = memo(function MessageView(props: MessageViewProps): ReactElement {
  const { message } = props;
  const isPerson = message.role === 'user';
  return (
    <article className={`message message-${message.role}`} aria-label={isPerson ? 'You' : 'Agent'}>
      {message.parts.map((part, index) => (
        <Boundary key={index}>
          <Part part={part} {...props} />
        </Boundary>
      ))}
      {message.metadata?.source === 'scripted' && !props.isLive && !(props.isLast && isAsking(message)) && (
        <p className="message-source">The answer was written in advance. The run is real.</p>
      )}
    </article>
  );
});

function isAsking({ parts }: DemoMessage): boolean {
  return parts.some((part) => isRunPart(part) && part.state === 'approval-requested');
}

function Part({ part, ...props }: MessageViewProps & { readonly part: DemoMessage['parts'][number] }): ReactNode {
  if (part.type === 'text') return part.text === '' ? null : <Markdown text={part.text} />;
  if (part.type === 'reasoning' && part.text !== '') return <Reasoning text={part.text} />;
  if (!isRunPart(part)) return null;
  return (
    <RunCard
      part={part}
      isLive={props.isLive}
      isLast={props.isLast}
      session={props.session}
      isCodeKnown={props.message.metadata?.source === 'person'}
      onAnswer={props.onAnswer}
    />
  );
}

function Reasoning({ text }: { readonly text: string }): ReactElement {
  return (
    <details className="reasoning">
      <summary>Thoughts</summary>
      <Markdown text={text} />
    </details>
  );
}
