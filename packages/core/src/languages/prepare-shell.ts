import { silencePip } from './silence-pip.ts';

/** Replaces the line ends of Windows, which shells read as part of the last word of a line, and keeps `pip install` quiet. */
export function prepareShell(code: string): string {
  return silencePip(code.replaceAll('\r\n', '\n'));
}
