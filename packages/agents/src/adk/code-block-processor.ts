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
import { AdkCodeExecutor } from './adk-code-executor.ts';
import { type AnswerCode, findAnswerCode } from './find-answer-code.ts';

/**
 * Runs the first code block of each answer with the agent's `AdkCodeExecutor`, and lets the model go on with what it printed:
 * `new LlmAgent({ codeExecutor, responseProcessors: [new CodeBlockProcessor()] })`.
 *
 * ADK JS 2.0.0 has a processor for this, but no agent uses it, so that a code executor alone only serves skills. What an
 * answer says after its block was written without the result, and is dropped, as ADK for Python does.
 */
export class CodeBlockProcessor extends BaseLlmResponseProcessor {
  override async *runAsync(context: InvocationContext, response: LlmResponse): AsyncGenerator<Event, void, void> {
    const { agent } = context;
    if (response.partial || !isLlmAgent(agent) || !(agent.codeExecutor instanceof AdkCodeExecutor)) return;
    if (failuresInARow(context) >= agent.codeExecutor.errorRetryAttempts) return;
    const found = findAnswerCode(response.content);
    if (found === undefined) return;
    const { usageMetadata } = response;
    yield makeEvent(context, { content: found.content, ...(usageMetadata && { usageMetadata }) });
    const result = await agent.codeExecutor.executeCode({ invocationContext: context, codeExecutionInput: inputOf(found, context) });
    yield await reportResult(context, result);
    // Tells ADK that this answer is dealt with and the model is to be asked again. What is left of it, were it only the count of
    // tokens, would become an event of its own, which ends the run.
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
  const files = outputFiles.length === 0 ? '' : `Saved artifacts: ${outputFiles.map(({ name }) => JSON.stringify(name)).join(', ')}`;
  return [stdout.trimEnd(), stderr.trimEnd(), files].filter(Boolean).join('\n');
}

function makeEvent({ invocationId, agent, branch }: InvocationContext, parts: Partial<Event>): Event {
  return createEvent({ invocationId, ...(agent && { author: agent.name }), ...(branch !== undefined && { branch }), ...parts });
}

/** How many of this invocation's latest runs failed without a success in between. */
function failuresInARow({ session, invocationId }: InvocationContext): number {
  const outcomes = session.events
    .filter((event) => event.invocationId === invocationId)
    .flatMap(({ content }) => content?.parts?.flatMap(({ codeExecutionResult }) => codeExecutionResult?.outcome ?? []) ?? []);
  return outcomes.length - 1 - outcomes.findLastIndex((outcome) => String(outcome) === 'OUTCOME_OK');
}
