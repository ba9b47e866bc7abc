import type { z } from 'zod';
import { SandpodError } from '../errors/sandpod-error.ts';
import { describeIssue, expectKnownKeys, nestedIssues, type OptionProblem } from './describe-issue.ts';

const SHOWN_PROBLEMS = 10;

/**
 * Checks what a caller passed, once, at the entry; `what` is how messages call it. Returns it with defaults filled in.
 *
 * @throws {SandpodError} `invalid-options`, naming every field with what was expected and what was given. Values that
 * may be secret are not shown.
 */
export function validateOptions<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> {
  const result = schema.safeParse(value, { error: expectKnownKeys });
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap(nestedIssues).map((issue) => describeIssue(issue, { value, what }));
  throw new SandpodError({ code: 'invalid-options', message: messageOf(problems), details: { problems } });
}

/** Of several problems of one field the first says it best. */
function messageOf(all: readonly OptionProblem[]): string {
  const problems = [...new Map(all.toReversed().map((problem) => [problem.path, problem])).values()].toReversed();
  const shown = problems.slice(0, SHOWN_PROBLEMS).map(({ path, expected, given }) => `${path}: expected ${expected}, given ${given}`);
  const more = problems.length - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}
