import type { CodeExecutionInput } from '@google/adk';

/** ADK's arguments as a program takes them: a list as it is, a record as `--name value`, the way ADK's own executor does it. */
export function toArguments(args: CodeExecutionInput['args']): string[] {
  if (args === undefined) return [];
  return Array.isArray(args) ? args : Object.entries(args).flatMap(([name, value]) => [`--${name}`, String(value)]);
}
