import { SandpodError, sanitizeTerminalText } from '@sandpod/core';
import { z } from 'zod';

/** The parts of a status that are used. Fields that have another type than in the API count as missing. */
const statusSchema = z.object({
  status: z.string().optional().catch(undefined),
  reason: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  details: z
    .object({ causes: z.array(z.object({ reason: z.string(), message: z.string() }).partial()) })
    .optional()
    .catch(undefined),
});

/** Maximum number of bytes in a status. No valid status is longer. */
const MAX_BYTES = 64 * 1024;
const SHOWN_CHARACTERS = 500;
const EXIT_CODE = /^[1-9]\d{0,2}$/;
const MAX_EXIT_CODE = 255;

/**
 * Returns the exit code in a status frame.
 *
 * @throws {SandpodError} `program-not-found` if the program could not be started, `transport` if the frame has no exit code.
 */
export function readExecStatus(frame: Uint8Array): number {
  if (frame.byteLength > MAX_BYTES) throw malformed(frame);
  const { status, reason, message, details } = parse(frame);
  if (status === 'Success') return 0;
  if (status !== 'Failure') throw malformed(frame);
  if (reason === 'NonZeroExitCode') {
    const code = details?.causes.find((cause) => cause.reason === 'ExitCode')?.message ?? '';
    if (!EXIT_CODE.test(code) || Number(code) > MAX_EXIT_CODE) throw malformed(frame);
    return Number(code);
  }
  throw new SandpodError({
    code: 'program-not-found',
    message: `The container could not start the program: ${shown(message ?? textOf(frame))}`,
  });
}

function parse(frame: Uint8Array): z.output<typeof statusSchema> {
  let value: unknown;
  try {
    value = JSON.parse(textOf(frame));
  } catch {
    // Reported below.
  }
  const status = statusSchema.safeParse(value);
  if (!status.success) throw malformed(frame);
  return status.data;
}

function malformed(frame: Uint8Array): SandpodError {
  const message = `Expected a status of the exec protocol, given ${JSON.stringify(shown(textOf(frame)))}.`;
  return new SandpodError({ code: 'transport', message });
}

function textOf(frame: Uint8Array): string {
  return Buffer.from(frame.subarray(0, MAX_BYTES)).toString('utf8');
}

function shown(text: string): string {
  return sanitizeTerminalText(text).slice(0, SHOWN_CHARACTERS);
}
