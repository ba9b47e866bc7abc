import { RELAY_BASH, RELAY_NODE, RELAY_PERL, RELAY_PYTHON } from './scripts.generated.ts';

/** The name of a program in the image that can copy bytes between an exec and a TCP port. */
export type RelayProgram = 'python3' | 'node' | 'perl' | 'bash' | 'busybox' | 'nc';

/**
 * The relay programs in order of preference. The programs that can close one direction come first, beginning with the program that starts
 * fastest.
 */
export const RELAY_PROGRAMS: readonly RelayProgram[] = ['perl', 'python3', 'node', 'bash', 'busybox', 'nc'];

const SOURCES: Readonly<Record<RelayProgram, string>> = {
  python3: RELAY_PYTHON,
  node: RELAY_NODE,
  perl: RELAY_PERL,
  bash: RELAY_BASH,
  // The relay script itself runs these programs.
  busybox: '',
  nc: '',
};

export function relaySource(program: RelayProgram): string {
  return SOURCES[program];
}

/** Returns true if the relay with this name expects its input in frames and can close one direction. */
export function isFramed(relay: string): boolean {
  return relay === 'python3' || relay === 'node' || relay === 'perl';
}
