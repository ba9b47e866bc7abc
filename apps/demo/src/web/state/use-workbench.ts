import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { DemoInfo } from '../../api-types.ts';
import { stopRun } from '../api/demo-api.ts';
import { cancelUnfinished } from '../run/cancel-unfinished.ts';
import { loadChat, type Notice, saveChat } from './saved-chat.ts';
import { SessionKeeper, type SessionState } from './session-keeper.ts';
import { type DemoChat, useDemoChat } from './use-demo-chat.ts';
import { type Files, useFiles } from './use-files.ts';

/**
 * Milliseconds after which the page stops reading if a stopped run has not reported how it ended.
 *
 * Browsers open at most six connections to a server for all tabs. Each tab uses one, and each run uses another. So the request to stop
 * may have to wait until the run's connection is closed. The server also stops a run when its connection is closed.
 */
const LAST_WORDS_MS = 1_000;

/** The state and the actions of the page. */
export interface Workbench {
  readonly state: SessionState;
  readonly chat: DemoChat;
  readonly files: Files;
  readonly notices: readonly Notice[];
  readonly isBusy: boolean;
  readonly isStopping: boolean;
  send(text: string): void;
  stop(): void;
  retry(): void;
  chooseBackend(name: string): void;
  setApproval(approval: boolean): void;
  startNew(): void;
}

export function useWorkbench(info: DemoInfo): Workbench {
  const [saved] = useState(() => loadChat());
  const [notices, setNotices] = useState(saved.notices);
  const lastId = useRef<string | null>(null);
  const onReplaced = useCallback((text: string) => {
    const after = lastId.current;
    if (after !== null) setNotices((all) => [...all, { after, text }]);
  }, []);
  const [keeper] = useState(() => {
    const { session, backend = info.defaultBackend, approval = info.defaultApproval } = saved;
    return new SessionKeeper({ backend, approval, session, onReplaced });
  });
  const state = useSyncExternalStore(keeper.subscribe, keeper.getState);
  const chat = useDemoChat(keeper, saved.messages);
  lastId.current = chat.messages.at(-1)?.id ?? null;
  const isBusy = chat.status === 'submitted' || chat.status === 'streaming';
  const wake = useCallback(() => keeper.waitForId(), [keeper]);
  const files = useFiles(state.session?.id, wake);

  const { isStopping, stop } = useStop(keeper, chat);

  useEffect(() => void keeper.open(), [keeper]);
  useEffect(() => {
    if (!isBusy) void files.refresh();
  }, [isBusy, files.refresh]);
  useSaving({ chat, notices, state, isBusy });

  const { send, retry, startNew } = actionsOn({ keeper, chat, state, isBusy, clearNotices: () => setNotices([]) });
  const chooseBackend = (name: string) => void keeper.replace(name, `From here on, code runs in a fresh sandbox on ${name}.`);
  const setApproval = (approval: boolean) => void keeper.setApproval(approval);
  return { state, chat, files, notices, isBusy, isStopping, send, stop, retry, chooseBackend, setApproval, startNew };
}

interface ActionContext {
  readonly keeper: SessionKeeper;
  readonly chat: DemoChat;
  readonly state: SessionState;
  readonly isBusy: boolean;
  clearNotices(): void;
}

function actionsOn({ keeper, chat, state, isBusy, clearNotices }: ActionContext): Pick<Workbench, 'send' | 'retry' | 'startNew'> {
  const isReady = (state.phase === 'ready' || state.phase === 'asleep') && !isBusy;
  const retry = async () => {
    if (state.phase === 'failed') return keeper.open();
    if (state.failure !== undefined || chat.error !== undefined) await keeper.renew();
    if (chat.error === undefined) return;
    chat.clearError();
    await chat.regenerate();
  };
  const startNew = async () => {
    await chat.stop();
    chat.clearError();
    chat.setMessages([]);
    clearNotices();
    await keeper.replace(state.backend);
  };
  return {
    send: (text) => {
      if (isReady && text.trim() !== '') void chat.sendMessage({ text });
    },
    retry: () => void retry(),
    startNew: () => void startNew(),
  };
}

/** Sends the server a request to stop the run, then waits until the stream reports how the run ended. */
function useStop(keeper: SessionKeeper, { status, stop: leave, setMessages }: DemoChat): { readonly isStopping: boolean; stop(): void } {
  const [isStopping, setStopping] = useState(false);
  const isBusy = status === 'submitted' || status === 'streaming';
  useEffect(() => {
    if (!isStopping) return;
    if (!isBusy) {
      setMessages((all) => all.map(cancelUnfinished));
      setStopping(false);
      return;
    }
    const timer = setTimeout(() => void leave(), LAST_WORDS_MS);
    return () => clearTimeout(timer);
  }, [isBusy, isStopping, leave, setMessages]);
  const stop = useCallback(() => {
    setStopping(true);
    stopRun(keeper.id).catch(() => leave());
  }, [keeper, leave]);
  return { isStopping, stop };
}

interface SavingOptions {
  readonly chat: DemoChat;
  readonly notices: readonly Notice[];
  readonly state: SessionState;
  readonly isBusy: boolean;
}

/** Saves the chat when an answer ends and when the page closes, so that it survives a reload. */
function useSaving({ chat: { messages }, notices, state, isBusy }: SavingOptions): void {
  const { backend, approval, lastId } = state;
  const save = useRef(() => {});
  save.current = () => saveChat({ version: 1, messages, notices, backend, approval, ...(lastId !== undefined && { session: lastId }) });
  useEffect(() => {
    if (!isBusy && lastId !== undefined) save.current();
  }, [isBusy, messages, notices, backend, approval, lastId]);
  useEffect(() => {
    const leave = () => save.current();
    window.addEventListener('pagehide', leave);
    return () => window.removeEventListener('pagehide', leave);
  }, []);
}
