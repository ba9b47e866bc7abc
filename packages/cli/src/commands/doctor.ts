import { setTimeout as pause } from 'node:timers/promises';
import type { Finding } from '@sandpod/core';
import { abortable } from '@sandpod/core/backend';
import { CHOICE_FLAGS, choiceOf } from '../arguments/backend-flags.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { toDocument } from '../render/json-document.ts';
import { ownText } from '../render/own-text.ts';
import { beginCommand } from './begin-command.ts';
import type { Command, CommandContext } from './command.ts';
import { type BackendChoice, loadBackendFor } from './load-backend-for.ts';

const help = `Looks whether a back end can run code here, and what is missing.

Usage: sandpod doctor [--on NAME] [options]

      --on NAME         embedded (default), docker or pod
      --image IMAGE     look for this image (docker, pod)
  -n, --namespace NAME  look at the rights in this namespace (pod)
      --json            a JSON list of { subject, state, message, advice }
  -h, --help            this text

Exits with 0 when the back end works, also with less protection than it could have, and with 1 when it does not.

Examples
  sandpod doctor --on docker
  sandpod doctor --on pod --namespace agents
`;

/** Milliseconds that an aborted diagnosis may take to remove what it made. */
const CLEAN_UP_MS = 5_000;

const MARKS = { ok: 'ok     ', warning: 'warning', error: 'error  ' } as const;

/** `sandpod doctor`. */
export const doctorCommand: Command = { summary: 'Look whether a back end works here', help, run: runDoctor };

async function runDoctor(argv: readonly string[], context: CommandContext): Promise<number> {
  const begun = await beginCommand(argv, { help, flags: CHOICE_FLAGS, stdout: context.stdout });
  if (begun === undefined) return 0;
  const { values } = begun;
  const choice = choiceOf(values, context.env);
  const tell = async (finding: Finding): Promise<void> => {
    if (!values.json) await context.stdout.write(lineOf(finding));
  };
  const findings = await diagnose(choice, { abortSignal: context.abortSignal, tell });
  if (values.json) await context.stdout.write(toDocument(findings));
  return findings.some(({ state }) => state === 'error') ? 1 : 0;
}

async function diagnose(choice: BackendChoice, { abortSignal, tell }: Listener): Promise<Finding[]> {
  const { diagnose: look } = await loadBackendFor(choice);
  const findings: Finding[] = [];
  if (look === undefined) throw new UsageError(`The back end "${choice.on}" has nothing to look at.`);
  for await (const finding of untilAborted(look(choice.backendOptions), abortSignal)) {
    findings.push(finding);
    await tell(finding);
  }
  return findings;
}

interface Listener {
  readonly abortSignal: AbortSignal;
  readonly tell: (finding: Finding) => Promise<void>;
}

/** Ends with the abort's reason although a platform may never answer; what a step has made may be removed before. */
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
  const line = `${MARKS[state]}  ${subject}: ${ownText(message)}\n`;
  return advice === undefined ? line : `${line}         ${ownText(advice)}\n`;
}
