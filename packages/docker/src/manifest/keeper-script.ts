import { KEEPER_DIRECTORY } from '../options/reserved-names.ts';
import { KEEPER_SCRIPT, REQUEST_SCRIPT } from './keeper/scripts.generated.ts';

/**
 * `look` changes nothing. `move` sets the end, and `renew` only moves it to a later time. `claim` succeeds once, unless `release` undoes
 * it.
 */
export type KeeperVerb = 'look' | 'move' | 'renew' | 'claim' | 'release';

/** The variables for a request. The container's `PATH` may lead to programs that the guest has written. */
export const REQUEST_ENVIRONMENT: readonly string[] = ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'];

/** The exit code of `claim` if the sandbox is already claimed. */
export const CLAIMED_EXIT_CODE = 5;

/**
 * Runs the keeper from a file, so that process lists do not show the whole program a second time in addition to the container's first
 * process.
 */
const START = `umask 077 && cd ${KEEPER_DIRECTORY} && printf %s "$1" >keeper && exec sh keeper "$2" "$3"`;

/** The entry point of a container that ends after `expiresInMs`; null means never. */
export function keeperEntrypoint(expiresInMs: number | null, nowMs: number): string[] {
  return ['sh', '-c', START, 'sandpod-keeper', KEEPER_SCRIPT, ...endIn(expiresInMs, nowMs)];
}

/** The program that sends a request to the keeper; `expiresInMs` is the argument of `move` and `renew`. */
export function keeperRequest(verb: KeeperVerb, expiresInMs: number | null = null): string[] {
  return ['sh', '-c', REQUEST_SCRIPT, 'sandpod-keeper', verb, ...endIn(expiresInMs, Date.now())];
}

/** The end in hundredths of a second from now, and in milliseconds since the epoch. */
function endIn(expiresInMs: number | null, nowMs: number): [string, string] {
  return expiresInMs === null ? ['never', 'never'] : [String(Math.ceil(expiresInMs / 10)), String(nowMs + expiresInMs)];
}
