import { silencePip } from './silence-pip.ts';

/** Replaces Windows line endings, because a shell would read the CR as part of the last word. Also makes `pip install` quiet. */
export function prepareShell(code: string): string {
  return silencePip(code.replaceAll('\r\n', '\n'));
}
