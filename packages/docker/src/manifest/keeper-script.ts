import { KEEPER_DIRECTORY } from '../options/reserved-names.ts';
import { KEEPER_SCRIPT, REQUEST_SCRIPT } from './keeper/scripts.generated.ts';

/**
 * A request to the keeper. `look` changes nothing. `move` sets the expiry. `renew` changes the expiry only if the new expiry is later.
 * `claim` succeeds only once, unless `release` undoes the claim.
 */
export type KeeperVerb = 'look' | 'move' | 'renew' | 'claim' | 'release';

/**
 * The environment variables for a request. They include `PATH`, because the container's `PATH` may contain programs that the guest has
 * written.
 */
export const REQUEST_ENVIRONMENT: readonly string[] = ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'];

/** The exit code of `claim` if the sandbox is already claimed. */
export const CLAIMED_EXIT_CODE = 5;

/**
 * Shell text that runs the keeper from a file. Otherwise, process lists would show the keeper's whole program twice: once for the
 * container's first process, and once for the keeper.
 */
const START = `umask 077 && cd ${KEEPER_DIRECTORY} && printf %s "$1" >keeper && exec sh keeper "$2" "$3"`;

/** Returns the entry point of a container that ends after `expiresInMs`; null means never. */
export function keeperEntrypoint(expiresInMs: number | null, nowMs: number): string[] {
  return ['sh', '-c', START, 'sandpod-keeper', KEEPER_SCRIPT, ...endIn(expiresInMs, nowMs)];
}

/** Returns the command that sends a request to the keeper. Only `move` and `renew` use `expiresInMs`. */
export function keeperRequest(verb: KeeperVerb, expiresInMs: number | null = null): string[] {
  return ['sh', '-c', REQUEST_SCRIPT, 'sandpod-keeper', verb, ...endIn(expiresInMs, Date.now())];
}

/** Returns the end, in hundredths of a second from now and in milliseconds since the epoch. */
function endIn(expiresInMs: number | null, nowMs: number): [string, string] {
  return expiresInMs === null ? ['never', 'never'] : [String(Math.ceil(expiresInMs / 10)), String(nowMs + expiresInMs)];
}
