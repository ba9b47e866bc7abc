import {
  BaseLlmResponseProcessor,
  type CodeExecutionResult,
  createEvent,
  createEventActions,
  type Event,
  type InvocationContext,
  isLlmAgent,
  type LlmResponse,
} from '@google/adk';
import { quoteVisibly } from '@sandpod/core/text';
import { AdkCodeExecutor } from './adk-code-executor.ts';
import { type AnswerCode, findAnswerCode } from './find-answer-code.ts';

/**
 * Runs the first code block in each answer on the agent's `AdkCodeExecutor`, and returns the block's output to the model:
 * `new LlmAgent({ codeExecutor, responseProcessors: [new CodeBlockProcessor()] })`.
 *
 * ADK JS 2.0.0 contains such a processor, but no agent uses it. Without `CodeBlockProcessor`, only skills use the code executor.
 * The text after the block is dropped, as in ADK for Python, because the model wrote that text before it saw the result.
 */
export class CodeBlockProcessor extends BaseLlmResponseProcessor {
  override async *runAsync(context: InvocationContext, response: LlmResponse): AsyncGenerator<Event, void, void> {
    const { agent } = context;
    if (response.partial || !isLlmAgent(agent) || !(agent.codeExecutor instanceof AdkCodeExecutor)) return;
    if (failuresInARow(context) >= agent.codeExecutor.errorRetryAttempts) return;
    const found = await findAnswerCode(response.content, context.abortSignal);
    if (found === undefined) return;
    const { usageMetadata } = response;
    yield makeEvent(context, { content: found.content, ...(usageMetadata && { usageMetadata }) });
    const result = await agent.codeExecutor.executeCode({ invocationContext: context, codeExecutionInput: inputOf(found, context) });
    yield await reportResult(context, result);
    // Marks this answer as processed, so that ADK calls the model again. Anything left in the response, even just the token
    // count, would become another event, and that event would end the run.
    delete response.content;
    delete response.usageMetadata;
  }
}

function inputOf(
  { code, language }: AnswerCode,
  { agent, session }: InvocationContext,
): Parameters<AdkCodeExecutor['executeCode']>[0]['codeExecutionInput'] {
  const isStateful = isLlmAgent(agent) && agent.codeExecutor?.stateful === true;
  return { code, language, inputFiles: [], ...(isStateful && { executionId: session.id }) };
}

async function reportResult(context: InvocationContext, result: CodeExecutionResult): Promise<Event> {
  const actions = createEventActions();
  for (const { name, content, mimeType } of result.outputFiles) {
    const version = await context.artifactService?.saveArtifact({
      filename: name,
      artifact: { inlineData: { data: content, mimeType } },
    });
    if (version !== undefined) actions.artifactDelta[name] = version;
  }
  const outcome = result.stderr === '' ? 'OUTCOME_OK' : 'OUTCOME_FAILED';
  const codeExecutionResult = { outcome, output: outputText(result) } as NonNullable<Part['codeExecutionResult']>;
  return makeEvent(context, { content: { role: 'model', parts: [{ codeExecutionResult }] }, actions });
}

type Part = NonNullable<NonNullable<Event['content']>['parts']>[number];

function outputText({ stdout, stderr, outputFiles }: CodeExecutionResult): string {
  const files = outputFiles.length === 0 ? '' : `Saved artifacts: ${outputFiles.map(({ name }) => quoteVisibly(name)).join(', ')}`;
  return [stdout.trimEnd(), stderr.trimEnd(), files].filter(Boolean).join('\n');
}

function makeEvent({ invocationId, agent, branch }: InvocationContext, parts: Partial<Event>): Event {
  return createEvent({ invocationId, ...(agent && { author: agent.name }), ...(branch !== undefined && { branch }), ...parts });
}

/** Returns the number of failed runs in this invocation since its last successful run. */
function failuresInARow({ session, invocationId }: InvocationContext): number {
  const outcomes = session.events
    .filter((event) => event.invocationId === invocationId)
    .flatMap(({ content }) => content?.parts?.flatMap(({ codeExecutionResult }) => codeExecutionResult?.outcome ?? []) ?? []);
  return outcomes.length - 1 - outcomes.findLastIndex((outcome) => String(outcome) === 'OUTCOME_OK');
}
