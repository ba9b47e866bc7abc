import { createHash } from 'node:crypto';
import {
  type CallToolResult,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import { type CodeToShow, codeToMarkdown } from '../shared/index.ts';
import { errorAnswer } from './tool-target.ts';

const answerSchema = z.object({ approve: z.boolean().describe('Run this code') });

const NOT_APPROVED = 'The code was not approved, so it was not run.';

/**
 * Requests approval from the client's user before code runs. Returns undefined if the user approved exactly this code. Otherwise, returns
 * the tool's result, which is either the question to the user (an elicitation) or the refusal.
 */
export async function askApproval(
  code: { readonly code: string; readonly language: string },
  { mcpReq }: ServerContext,
): Promise<CallToolResult | InputRequiredResult | undefined> {
  // The key depends on the code, so that an answer about other code does not count.
  const key = `approve-${createHash('sha256')
    .update(JSON.stringify([code.language, code.code]))
    .digest('hex')}`;
  const response = inputResponse(mcpReq.inputResponses, key);
  if (response.kind === 'missing') return question(key, { ...code, abortSignal: mcpReq.signal });
  if (response.kind === 'elicit' && response.action === 'accept' && response.content?.['approve'] === true) return undefined;
  return errorAnswer(NOT_APPROVED);
}

async function question(key: string, code: CodeToShow): Promise<InputRequiredResult> {
  const { markdown, warnings } = await codeToMarkdown(code);
  const message = ['Run this code?', markdown, ...warnings.map((warning) => `Warning: ${warning}`)].join('\n\n');
  return inputRequired({ inputRequests: { [key]: inputRequired.elicit({ message, requestedSchema: answerSchema }) } });
}
