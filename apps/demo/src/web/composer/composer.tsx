import { type ChangeEvent, type FormEvent, type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import type { Files } from '../state/use-files.ts';
import { focusMessage } from '../ui/focus-message.ts';
import { Icon } from '../ui/icon.tsx';
import { UploadList } from './upload-list.tsx';
import { WorkspaceMenu } from './workspace-menu.tsx';

interface ComposerProps {
  readonly files: Files;
  readonly session: string | undefined;
  readonly isReady: boolean;
  readonly isBusy: boolean;
  readonly isStopping: boolean;
  onSend(text: string): void;
  onStop(): void;
}

/** Shows the form for writing and sending a message, adding files, and stopping an answer. */
export function Composer(props: ComposerProps): ReactElement {
  const { files, session, isReady, isBusy } = props;
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady || isBusy || text.trim() === '') return;
    focusMessage();
    props.onSend(text);
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) send(event);
  };
  return (
    <form className="composer" onSubmit={send} aria-label="Write to the agent">
      <UploadList files={files} />
      <textarea
        ref={field}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        rows={1}
        placeholder="Ask for something to compute, or paste ```python code```"
        aria-label="Message"
        aria-describedby="composer-hint"
      />
      <div className="composer-bar">
        <UploadButton isDisabled={!isReady} onFiles={(chosen) => void files.upload(chosen)} />
        <WorkspaceMenu listing={files.listing} session={session} />
        <span id="composer-hint" className="composer-hint">
          {isBusy ? 'Escape stops' : 'Enter sends, Shift+Enter: new line'}
        </span>
        <SendOrStop {...props} isEmpty={text.trim() === ''} />
      </div>
    </form>
  );
}

function SendOrStop({ isReady, isBusy, isStopping, isEmpty, onStop }: ComposerProps & { readonly isEmpty: boolean }): ReactElement {
  if (isBusy) {
    const stop = () => {
      focusMessage();
      onStop();
    };
    return (
      <button
        type="button"
        className="send"
        data-action="stop"
        onClick={stop}
        disabled={isStopping}
        aria-label={isStopping ? 'Stopping' : 'Stop'}
      >
        <Icon name="stop" />
      </button>
    );
  }
  return (
    <button type="submit" className="send" data-action="send" disabled={!isReady || isEmpty} aria-label="Send">
      <Icon name="arrowUp" />
    </button>
  );
}

interface UploadButtonProps {
  readonly isDisabled: boolean;
  onFiles(files: readonly File[]): void;
}

function UploadButton({ isDisabled, onFiles }: UploadButtonProps): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(event.target.files ?? [])]);
    event.target.value = '';
  };
  return (
    <>
      <input ref={input} type="file" multiple hidden onChange={choose} aria-label="Files to add" />
      <button
        type="button"
        className="button-quiet"
        disabled={isDisabled}
        onClick={() => input.current?.click()}
        aria-label="Add files"
        title="Add files (or drop them anywhere)"
      >
        <Icon name="paperclip" />
      </button>
    </>
  );
}
