import { setTimeout as pause } from 'node:timers/promises';
import type { Finding } from '@sandpod/core';
import { abortable } from '@sandpod/core/backend';
import { type BackendChoice, CHOICE_FLAGS, choiceOf } from '../arguments/backend-flags.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { toDocument } from '../render/json-document.ts';
import { safeLine } from '../render/safe-line.ts';
import { beginCommand } from './begin-command.ts';
import type { Command, CommandContext } from './command.ts';
import { loadBackendFor } from './load-backend-for.ts';

const help = `Checks whether a back end can run code here, and reports what is missing.

Usage: sandpod doctor [--on NAME] [options]

      --on NAME         embedded (default), docker or pod
      --image IMAGE     check for this image (docker, pod)
  -n, --namespace NAME  check the permissions in this namespace (pod)
      --json            print a JSON list of { subject, state, message, advice }
  -h, --help            show this help

The exit code is 0 if the back end works, even if some protection is missing, and 1 if it does not work.

Examples
  sandpod doctor --on docker
  sandpod doctor --on pod --namespace agents
`;

/** Time limit in milliseconds for the clean-up of an aborted diagnosis. */
const CLEAN_UP_MS = 5_000;

const MARKS = { ok: 'ok     ', warning: 'warning', error: 'error  ' } as const;

/** The command `sandpod doctor`. */
export const doctorCommand: Command = { summary: 'Check whether a back end works here', help, run: runDoctor };

async function runDoctor(argv: readonly string[], context: CommandContext): Promise<number> {
  const begun = await beginCommand(argv, { help, flags: CHOICE_FLAGS, stdout: context.stdout });
  if (begun === undefined) return 0;
  const { values } = begun;
  const choice = choiceOf(values, context.env);
  const show = async (finding: Finding): Promise<void> => {
    if (!values.json) await context.stdout.write(lineOf(finding));
  };
  const findings = await diagnoseBackend(choice, { abortSignal: context.abortSignal, show });
  if (values.json) await context.stdout.write(toDocument(findings));
  return findings.some(({ state }) => state === 'error') ? 1 : 0;
}

interface DiagnoseOptions {
  readonly abortSignal: AbortSignal;
  /** Called for each finding as soon as it is available. */
  readonly show: (finding: Finding) => Promise<void>;
}

async function diagnoseBackend(choice: BackendChoice, { abortSignal, show }: DiagnoseOptions): Promise<Finding[]> {
  const { diagnose } = await loadBackendFor(choice);
  const findings: Finding[] = [];
  if (diagnose === undefined) throw new UsageError(`The back end "${choice.on}" has no checks.`);
  for await (const finding of untilAborted(diagnose(choice.backendOptions), abortSignal)) {
    findings.push(finding);
    await show(finding);
  }
  return findings;
}

/**
 * Yields the values until the signal fires. Then waits a limited time for the current step to clean up, and rejects with the abort's
 * reason, even if the platform never responds.
 */
async function* untilAborted<Value>(values: AsyncIterable<Value>, abortSignal: AbortSignal): AsyncGenerator<Value, void, void> {
  const steps = values[Symbol.asyncIterator]();
  try {
    for (;;) {
      const step = await abortable(steps.next(), abortSignal);
      if (step.done) return;
      yield step.value;
    }
  } finally {
    const ended = Promise.resolve(steps.return?.()).catch(() => {});
    await Promise.race([ended, pause(CLEAN_UP_MS)]);
  }
}

function lineOf({ subject, state, message, advice }: Finding): string {
  const line = `${MARKS[state]}  ${subject}: ${safeLine(message)}\n`;
  return advice === undefined ? line : `${line}         ${safeLine(advice)}\n`;
}
