import type { z } from 'zod';
import { SandpodError } from '../errors/sandpod-error.ts';
import { describeIssue, expectKnownKeys, nestedIssues, type OptionProblem } from './describe-issue.ts';
import { requireNode } from './require-node.ts';

const SHOWN_PROBLEMS = 10;

/**
 * Validates the options that a caller passed, and returns them with defaults filled in.
 *
 * `what` is the name of the options in messages, for example `execute`.
 *
 * @throws {SandpodError} `invalid-options`. For every invalid field, the message contains the expected and the given value, except values
 * that may be secret.
 */
export function validateOptions<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> {
  requireNode();
  const result = schema.safeParse(value, { error: expectKnownKeys });
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap(nestedIssues).map((issue) => describeIssue(issue, { value, what }));
  throw new SandpodError({ code: 'invalid-options', message: messageOf(problems), details: { problems } });
}

/** Formats the message. If a field has several problems, only the first problem is shown, because it is the clearest. */
function messageOf(all: readonly OptionProblem[]): string {
  const problems = [...new Map(all.toReversed().map((problem) => [problem.path, problem])).values()].toReversed();
  const shown = problems.slice(0, SHOWN_PROBLEMS).map(({ path, expected, given }) => `${path}: expected ${expected}, given ${given}`);
  const more = problems.length - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}
