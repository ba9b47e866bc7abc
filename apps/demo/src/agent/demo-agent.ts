import { codeTool } from '@sandpod/agents/ai-sdk';
import type { CodeExecutor } from '@sandpod/core';
import { isStepCount, type Tool, ToolLoopAgent } from 'ai';
import type { DemoTools } from '../api-types.ts';
import type { DemoModel } from './scripted-model.ts';

/** Maximum number of steps in an answer. */
const MAX_STEPS = 12;

const INSTRUCTIONS = `You help a person by writing code and running it with the tool run_code; you do not guess what you can compute.
Print what you need to see. When code fails, read the error, fix the code and run it again.
Write charts to SVG or PNG files in the working directory: the person sees every image file that a run creates, and can download all files.
Files that the person uploads are in the working directory. Answer briefly, in Markdown.`;

export type DemoToolSet = { run_code: Tool<DemoTools['run_code']['input'], DemoTools['run_code']['output']> };
export type DemoAgent = ToolLoopAgent<never, DemoToolSet>;

export interface DemoAgentOptions {
  readonly model: DemoModel;
  /** If false, the model receives only the names of images that a run creates. */
  readonly seesImages: boolean;
  readonly executor: CodeExecutor;
  /** Called for every tool call. Returns true if the user must approve the code before it runs. */
  readonly needsApproval: () => boolean;
  /** Signs approval requests, so that a client can approve only requests that the server sent. */
  readonly approvalSecret: Uint8Array;
  /** After this signal aborts, no further step starts. */
  readonly stopSignal: AbortSignal;
}

/** Creates the agent for the web page and the terminal: a model whose only tool is the sandbox. */
export function createDemoAgent(options: DemoAgentOptions): DemoAgent {
  return new ToolLoopAgent<never, DemoToolSet>({
    model: options.model,
    instructions: INSTRUCTIONS,
    tools: { run_code: codeTool(options.executor, { imagesToModel: options.seesImages }) as DemoToolSet['run_code'] },
    toolApproval: { run_code: () => (options.needsApproval() ? 'user-approval' : 'not-applicable') },
    experimental_toolApprovalSecret: options.approvalSecret,
    // The calls in a step share one sandbox, and the user can follow only one call at a time.
    toolCallConcurrency: 1,
    stopWhen: [isStepCount(MAX_STEPS), () => options.stopSignal.aborted],
    // The reader of the stream shows errors. Without this handler, the SDK would also print them here.
    onError: () => {},
    include: { requestBody: false, responseBody: false },
  });
}
