import { inTurns } from '../control/pace.ts';
import { silencePip } from './silence-pip.ts';

/** Replaces Windows line endings, because a shell would read the CR as part of the last word. Also makes `pip install` quiet. */
export async function prepareShell(code: string, abortSignal?: AbortSignal): Promise<string> {
  return inTurns(silencePip(code.replaceAll('\r\n', '\n')), abortSignal);
}
