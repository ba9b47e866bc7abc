import { codeTool } from '@sandpod/agents/ai-sdk';
import type { CodeExecutor } from '@sandpod/core';
import { isStepCount, type Tool, ToolLoopAgent } from 'ai';
import type { DemoTools } from '../api-types.ts';
import type { DemoModel } from './scripted-model.ts';

/** Steps of one answer: as many attempts as a model may make. */
const MAX_STEPS = 12;

const INSTRUCTIONS = `You help a person by writing code and running it with the tool run_code; you do not guess what you can compute.
Print what you need to see. When code fails, read the error, mend the code and run it again.
Write charts to SVG or PNG files in the working directory: the person sees every image file that a run makes, and can download all files.
Files that the person uploads are in the working directory. Answer briefly, in Markdown.`;

export type DemoToolSet = { run_code: Tool<DemoTools['run_code']['input'], DemoTools['run_code']['output']> };
export type DemoAgent = ToolLoopAgent<never, DemoToolSet>;

export interface DemoAgentOptions {
  readonly model: DemoModel;
  /** False: pictures that a run makes are only named to the model. */
  readonly seesImages: boolean;
  readonly executor: CodeExecutor;
  /** Whether a person is asked before code runs; looked at for every call. */
  readonly needsApproval: () => boolean;
  /** Signs requests for approval, so that no client can answer one that was never made. */
  readonly approvalSecret: Uint8Array;
  /** Once it has fired, no further step is taken. */
  readonly stopSignal: AbortSignal;
}

/** The agent of the web page and of the terminal: a model, and the sandbox as its only tool. */
export function createDemoAgent(options: DemoAgentOptions): DemoAgent {
  return new ToolLoopAgent<never, DemoToolSet>({
    model: options.model,
    instructions: INSTRUCTIONS,
    tools: { run_code: codeTool(options.executor, { imagesToModel: options.seesImages }) as DemoToolSet['run_code'] },
    toolApproval: { run_code: () => (options.needsApproval() ? 'user-approval' : 'not-applicable') },
    experimental_toolApprovalSecret: options.approvalSecret,
    // The calls of one step share one sandbox, and a person wants to follow them.
    toolCallConcurrency: 1,
    stopWhen: [isStepCount(MAX_STEPS), () => options.stopSignal.aborted],
    // Whoever reads the stream tells the person; the SDK would print errors here as well.
    onError: () => {},
    include: { requestBody: false, responseBody: false },
  });
}
