import { dispatchCustomEvent } from '@langchain/core/callbacks/dispatch/web';
import type { ToolRunnableConfig } from '@langchain/core/tools';
import type { CodeToolChunk, CodeToolEvent } from './code-tool-event.ts';

/** LangGraph adds the writer of `streamMode: 'custom'` to the configuration of a tool call in an agent. */
type CallConfig = ToolRunnableConfig & { readonly writer?: unknown };

/** Sends an event to readers of `streamMode: 'custom'`, and to readers of `streamEvents` as `on_custom_event` with the tool's name. */
export async function publishEvent(
  event: CodeToolEvent,
  { tool, config }: { readonly tool: string; readonly config: CallConfig },
): Promise<void> {
  const chunk: CodeToolChunk = { ...event, tool, toolCallId: config.toolCall?.id };
  if (typeof config.writer === 'function') config.writer(chunk);
  await dispatchCustomEvent(tool, chunk, config);
}
