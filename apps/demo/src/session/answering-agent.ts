import { createDemoAgent, type DemoAgent } from '../agent/demo-agent.ts';
import { type DemoModel, ScriptedModel } from '../agent/scripted-model.ts';
import { findRunnable, typedCode, typedCodeScript } from '../agent/typed-code.ts';
import type { AnswerSource, ModelInfo, ModelKind } from '../api-types.ts';
import type { Session } from './session.ts';
import type { Turn } from './turn.ts';

/** The kinds of models that accept images. Other models would receive an image as text, which is expensive and useless. */
const SEEING_KINDS: readonly ModelKind[] = ['anthropic', 'google'];

export interface AnswerOptions {
  readonly session: Session;
  readonly turn: Turn;
  /** The user's last message. */
  readonly request: string;
  readonly model: DemoModel;
  readonly modelInfo: ModelInfo;
}

/** Creates the agent for one answer. The agent runs the code in the user's message, or asks the model if there is no code. */
export function answeringAgent(options: AnswerOptions): { readonly agent: DemoAgent; readonly source: AnswerSource } {
  const { session, turn } = options;
  const blocks = typedCode(options.request);
  const { capabilities } = session.executor;
  // A block can contain data. A model can use that data, but the script can only report that the block does not run.
  const isForModel = options.modelInfo.kind !== 'scripted' && !blocks.some((block) => findRunnable(block, capabilities));
  const isTyped = blocks.length > 0 && !isForModel;
  const script = typedCodeScript(blocks, capabilities);
  const agent = createDemoAgent({
    model: isTyped ? new ScriptedModel({ name: 'typed-code', script, pauseMs: 0 }) : options.model,
    seesImages: SEEING_KINDS.includes(options.modelInfo.kind),
    executor: turn.executor,
    needsApproval: () => session.needsApproval,
    approvalSecret: session.approvalSecret,
    stopSignal: turn.stopSignal,
  });
  if (isTyped) return { agent, source: 'person' };
  return { agent, source: options.modelInfo.kind === 'scripted' ? 'scripted' : 'model' };
}
