import { type UseChatHelpers, useChat } from '@ai-sdk/react';
import { DefaultChatTransport, lastAssistantMessageIsCompleteWithApprovalResponses } from 'ai';
import { useState } from 'react';
import type { DemoMessage } from '../../api-types.ts';
import { DEMO_HEADERS, sessionUrl } from '../api/demo-api.ts';
import { withoutPictures } from './saved-chat.ts';
import type { SessionKeeper } from './session-keeper.ts';

/** Milliseconds between two renderings of the page while output streams. */
const DRAW_MS = 50;

export type DemoChat = UseChatHelpers<DemoMessage>;

/** Returns the chat. Each message is sent to the keeper's current session. */
export function useDemoChat(keeper: SessionKeeper, messages: readonly DemoMessage[]): DemoChat {
  const [transport] = useState(() => createTransport(keeper));
  const [initial] = useState(() => [...messages]);
  return useChat<DemoMessage>({
    id: 'sandpod',
    messages: initial,
    transport,
    throttle: DRAW_MS,
    sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithApprovalResponses,
  });
}

function createTransport(keeper: SessionKeeper): DefaultChatTransport<DemoMessage> {
  return new DefaultChatTransport<DemoMessage>({
    headers: DEMO_HEADERS,
    prepareSendMessagesRequest: async ({ id, messages, trigger, messageId }) => ({
      api: sessionUrl(await keeper.waitForId(), '/chat'),
      headers: DEMO_HEADERS,
      body: { id, messages: messages.map(withoutPictures), trigger, messageId },
    }),
  });
}
