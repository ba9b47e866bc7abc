import type { DemoModel } from './scripted-model.ts';

type Prompt = Parameters<DemoModel['doStream']>[0]['prompt'];
type Message = Prompt[number];
type ToolResult = Extract<Extract<Message, { role: 'tool' }>['content'][number], { type: 'tool-result' }>;

/** The result of a tool call, in the form that the model reads. */
export interface CallReport {
  readonly isDenied: boolean;
  /** True if the program ended by itself, without an error. */
  readonly isOk: boolean;
  /** The whole text for the model. The summary comes first, and the program's output last. */
  readonly text: string;
  /** The program's output. Empty if there was none. */
  readonly output: string;
}

/** The last request, and the tool calls since then. */
export interface Turn {
  readonly request: string;
  readonly reports: readonly CallReport[];
}

/** Reads the last turn of a conversation. */
export function readTurn(prompt: Prompt): Turn {
  const start = prompt.findLastIndex(({ role }) => role === 'user');
  return {
    request: textOfUser(prompt[start]),
    reports: prompt.slice(start + 1).flatMap((message) => (message.role === 'tool' ? message.content.filter(isResult).map(toReport) : [])),
  };
}

function textOfUser(message: Message | undefined): string {
  if (message?.role !== 'user') return '';
  return message.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}

function isResult(part: { readonly type: string }): part is ToolResult {
  return part.type === 'tool-result';
}

const OUTPUT_HEADING = '\nOutput:\n';

function toReport({ output }: ToolResult): CallReport {
  const text = textOf(output);
  const heading = text.indexOf(OUTPUT_HEADING);
  return {
    text,
    isDenied: output.type === 'execution-denied',
    isOk: text.startsWith('The code ran '),
    output: heading < 0 ? '' : text.slice(heading + OUTPUT_HEADING.length),
  };
}

function textOf(output: ToolResult['output']): string {
  switch (output.type) {
    case 'text':
    case 'error-text':
      return output.value;
    case 'execution-denied':
      return output.reason ?? 'The user did not allow it.';
    case 'content':
      return output.value.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
    default:
      return JSON.stringify(output.value);
  }
}
