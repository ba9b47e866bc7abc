import type { DemoMessage } from '../../api-types.ts';

/** The part of a message that is one run of code. */
export type RunPart = Extract<DemoMessage['parts'][number], { type: 'tool-run_code' }>;

/** What a run has given so far; undefined before it started. */
export type RunOutputState = NonNullable<Extract<RunPart, { state: 'output-available' }>['output']>;

export function isRunPart(part: DemoMessage['parts'][number]): part is RunPart {
  return part.type === 'tool-run_code';
}

export function outputOf(part: RunPart): RunOutputState | undefined {
  return part.state === 'output-available' ? part.output : undefined;
}

/** The code without empty lines around it. */
export function codeOf(part: RunPart): string {
  return (part.input?.code ?? '').replace(/^\s*\n/, '').trimEnd();
}

/** The name that the code gives itself in its first line. */
export function filenameOf(code: string): string | undefined {
  return /^(?:#|\/\/|--|;)\s*filename:\s*(\S+)/i.exec(code)?.[1];
}

export function languageOf(part: RunPart): string {
  return outputOf(part)?.language ?? part.input?.language ?? 'python';
}
