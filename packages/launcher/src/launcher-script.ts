import { FILES } from './script/files.ts';
import { ITEMS, REPLIES } from './script/items.ts';
import { LOOP, START } from './script/main.ts';
import { PATHS } from './script/paths.ts';
import { PROCESSES } from './script/processes.ts';
import { RUN } from './script/run.ts';

/**
 * The program that waits in a sandbox for what to do; it runs in dash, bash and busybox ash.
 *
 * What it can and cannot promise: its answers are marked with a nonce that programs never get, neither in arguments nor in their
 * environment, so that no output can be taken for an answer. A program that attacks the launcher itself, which runs as the same
 * user (its memory where ptrace is allowed, its descriptors in `/proc`, a plain `kill`), can only lie about its own sandbox: its exit
 * code, which is its own to choose, or a limit that it ran into. Time limits are enforced a second time by the client.
 *
 * It needs `/proc`, `dd`, `cat`, `rm`, `mv`, `mkdir`, `sleep`, and, where links are read, `readlink`; it uses `setsid` and `stat` where they exist.
 */
export const LAUNCHER_SCRIPT: string = strip([START, ITEMS, REPLIES, PATHS, FILES, PROCESSES, RUN, LOOP].join(''));

/** What to execute in the sandbox. The program comes over standard input: a URL or an audit log never holds more than this. */
export const LAUNCHER_ARGV: readonly string[] = [
  'sh',
  '-c',
  'IFS= read -r sp_size && eval "$(dd bs="$sp_size" count=1 iflag=fullblock 2>/dev/null)"',
];

/** Comments, indentation and empty lines need not travel. No string of the program spans lines. */
function strip(source: string): string {
  return source
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .join('\n');
}
