import type { DemoMessage } from '../../api-types.ts';

/** The part of a message that represents a run. */
export type RunPart = Extract<DemoMessage['parts'][number], { type: 'tool-run_code' }>;

/** The output of a run so far. Undefined before the run starts. */
export type RunOutputState = NonNullable<Extract<RunPart, { state: 'output-available' }>['output']>;

export function isRunPart(part: DemoMessage['parts'][number]): part is RunPart {
  return part.type === 'tool-run_code';
}

export function outputOf(part: RunPart): RunOutputState | undefined {
  return part.state === 'output-available' ? part.output : undefined;
}

/** Returns the code without empty lines at its start and end. */
export function codeOf(part: RunPart): string {
  return (part.input?.code ?? '').replace(/^\s*\n/, '').trimEnd();
}

/** Returns the file name that the first line of the code specifies, if any. */
export function filenameOf(code: string): string | undefined {
  return /^(?:#|\/\/|--|;)\s*filename:\s*(\S+)/i.exec(code)?.[1];
}

export function languageOf(part: RunPart): string {
  return outputOf(part)?.language ?? part.input?.language ?? 'python';
}
