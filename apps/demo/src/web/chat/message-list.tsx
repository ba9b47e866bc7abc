import { Fragment, type ReactElement, type ReactNode } from 'react';
import type { DemoMessage } from '../../api-types.ts';
import type { ApprovalAnswer } from '../run/approval-form.tsx';
import type { Notice } from '../state/saved-chat.ts';
import { MessageView } from './message-view.tsx';

interface MessageListProps {
  readonly messages: readonly DemoMessage[];
  readonly notices: readonly Notice[];
  readonly session: string | undefined;
  readonly isBusy: boolean;
  onAnswer(answer: ApprovalAnswer): void;
}

/** Shows the messages of the conversation, oldest first. */
export function MessageList({ messages, notices, session, isBusy, onAnswer }: MessageListProps): ReactElement {
  const fresh = firstInSession(messages, notices);
  return (
    <div className="messages" role="log" aria-live="off" aria-label="Conversation">
      <Notices notices={notices} after={null} />
      {messages.map((message, index) => (
        <Fragment key={message.id}>
          <MessageView
            message={message}
            isLive={isBusy && index === messages.length - 1}
            isLast={index === messages.length - 1}
            session={index >= fresh ? session : undefined}
            onAnswer={onAnswer}
          />
          <Notices notices={notices} after={message.id} />
        </Fragment>
      ))}
      {isBusy && messages.at(-1)?.role === 'user' && <Thinking />}
    </div>
  );
}

/** Returns the index of the first message whose files are in the current session's workspace. */
function firstInSession(messages: readonly DemoMessage[], notices: readonly Notice[]): number {
  const afterIds = new Set(notices.map(({ after }) => after));
  return messages.findLastIndex(({ id }) => afterIds.has(id)) + 1;
}

function Notices({ notices, after }: { readonly notices: readonly Notice[]; readonly after: string | null }): ReactNode {
  return notices
    .filter((notice) => notice.after === after)
    .map(({ text }, index) => (
      <p key={index} className="notice">
        <span>{text}</span>
      </p>
    ));
}

function Thinking(): ReactElement {
  return (
    <p className="thinking" aria-hidden="true">
      <span />
      <span />
      <span />
    </p>
  );
}
