import { type ReactElement, useCallback, useEffect } from 'react';
import type { DemoInfo } from '../api-types.ts';
import { describeFailure } from './api/demo-failure.ts';
import { announce } from './chat/announcement.ts';
import { EmptyState } from './chat/empty-state.tsx';
import { MessageList } from './chat/message-list.tsx';
import { Composer } from './composer/composer.tsx';
import { DropArea } from './composer/drop-area.tsx';
import { Header } from './header/header.tsx';
import type { ApprovalAnswer } from './run/approval-form.tsx';
import { useInfo } from './state/use-info.ts';
import { useTail } from './state/use-tail.ts';
import { useWorkbench, type Workbench } from './state/use-workbench.ts';
import { Banner } from './ui/banner.tsx';
import { focusMessage } from './ui/focus-message.ts';
import { Icon } from './ui/icon.tsx';

/** Shows the page after the server's information has arrived. */
export function App(): ReactElement {
  const { info, failure } = useInfo();
  if (info !== undefined) return <Chat info={info} />;
  return <main className="waiting">{failure === undefined ? <p role="status">Opening the demo</p> : <Banner failure={failure} />}</main>;
}

function Chat({ info }: { readonly info: DemoInfo }): ReactElement {
  const bench = useWorkbench(info);
  const { state, chat, files, isBusy } = bench;
  useEscape(isBusy ? bench.stop : undefined);
  return (
    <div className="shell">
      <a className="skip" href="#conversation">
        Skip to the conversation
      </a>
      <Header
        info={info}
        state={state}
        isBusy={isBusy}
        onBackend={bench.chooseBackend}
        onApproval={bench.setApproval}
        onNew={bench.startNew}
      />
      {info.warning !== undefined && <p className="warning">{info.warning}</p>}
      <Conversation info={info} bench={bench} />
      <section className="foot" aria-label="Your message">
        <Failures bench={bench} />
        <Composer
          files={files}
          session={state.session?.id}
          isReady={state.phase === 'ready' || state.phase === 'asleep'}
          isBusy={isBusy}
          isStopping={bench.isStopping}
          onSend={bench.send}
          onStop={bench.stop}
        />
      </section>
      <DropArea onFiles={files.upload} />
      <p className="visually-hidden" role="status">
        {announce(chat.messages, isBusy)}
      </p>
    </div>
  );
}

function Conversation({ info, bench }: { readonly info: DemoInfo; readonly bench: Workbench }): ReactElement {
  const { state, chat, notices, isBusy } = bench;
  const { messages, addToolApprovalResponse } = chat;
  const tail = useTail<HTMLElement>(messages, messages.length > 0);
  const { follow } = tail;
  const asked = messages.filter(({ role }) => role === 'user').length;
  useEffect(() => {
    if (asked > 0) follow();
  }, [asked, follow]);
  const onAnswer = useCallback(
    (answer: ApprovalAnswer) => {
      focusMessage();
      void addToolApprovalResponse(answer);
    },
    [addToolApprovalResponse],
  );
  const playScene = (prompt: string) => {
    focusMessage();
    bench.send(prompt);
  };
  return (
    <main id="conversation" className="conversation" ref={tail.ref} onScroll={tail.onScroll} tabIndex={-1}>
      <div className="column">
        {messages.length === 0 ? (
          <EmptyState
            scenes={info.scenes}
            isScripted={info.model.kind === 'scripted'}
            isDisabled={state.phase === 'opening' || state.phase === 'failed'}
            onScene={playScene}
          />
        ) : (
          <MessageList messages={messages} notices={notices} session={state.session?.id} isBusy={isBusy} onAnswer={onAnswer} />
        )}
      </div>
      {!tail.isFollowing && messages.length > 0 && (
        <button type="button" className="to-latest" onClick={tail.follow} aria-label="Latest message" title="Latest message">
          <Icon name="arrowDown" />
        </button>
      )}
    </main>
  );
}

function Failures({ bench: { state, chat, retry } }: { readonly bench: Workbench }): ReactElement {
  const again = (
    <button type="button" className="button" onClick={retry}>
      Retry
    </button>
  );
  return (
    <>
      {state.offline && (
        <Banner
          failure={{
            code: 'offline',
            message: 'The demo does not respond.',
            advice: 'Check whether it is still running in its terminal. The page reconnects automatically.',
          }}
        />
      )}
      {state.failure !== undefined && <Banner failure={state.failure}>{again}</Banner>}
      {chat.error !== undefined && <Banner failure={describeFailure(chat.error)}>{again}</Banner>}
    </>
  );
}

/** Calls `stop` if the user presses Escape, unless Escape closes a menu. */
function useEscape(stop: (() => void) | undefined): void {
  useEffect(() => {
    if (stop === undefined) return;
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && document.querySelector(':popover-open') === null) stop();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [stop]);
}
