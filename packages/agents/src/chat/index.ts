export type { ApprovalDecision, ApprovalRequest, Approve } from './approval.ts';
export type { ChatEnding, ChatEvent, ChatResult } from './chat-event.ts';
export type { ChatMessage } from './chat-message.ts';
export { type CodeChat, type CodeChatCallOptions, createCodeChat } from './code-chat.ts';
export type { CodeChatOptions, CodeRunnerOptions, Terminate } from './code-chat-options.ts';
export { type CodeReplyOptions, type CodeRunner, createCodeRunner } from './code-runner.ts';
export type { CodeReply } from './reply.ts';
export { type DecideRetry, decideRetryWith, type Failure, type RetryDecision } from './retry.ts';
