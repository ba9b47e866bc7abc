import type { LeftoverKind } from './leftover-kinds.ts';

const BEAT = 'while :; do printf x >>"$1"; sleep 0.05; done';

/** The program of each kind of process (`$child`), and the shell command that starts it. The program's `$1` is the path. */
const STARTS: Readonly<Record<LeftoverKind, { readonly child: string; readonly start: string }>> = {
  child: { child: BEAT, start: 'sh -c "$child" sh "$path" &' },
  'double-forked': { child: `(${BEAT}) &`, start: '(setsid sh -c "$child" sh "$path" &)' },
  'own-session': { child: BEAT, start: 'setsid sh -c "$child" sh "$path" &' },
  'term-ignoring': { child: `trap "" TERM HUP INT; ${BEAT}`, start: 'setsid sh -c "$child" sh "$path" &' },
  stopped: { child: `echo $$ >"$1.pid"; printf x >>"$1"; kill -STOP $$; ${BEAT}`, start: 'setsid sh -c "$child" sh "$path" &' },
  forking: { child: 'go() { printf x >>"$1"; sleep 0.02; go "$1" & }; go "$1"', start: 'sh -c "$child" sh "$path" &' },
  'without-environment': { child: `(${BEAT}) &`, start: '(env -i PATH="$PATH" setsid sh -c "$child" sh "$path" &)' },
};

/** Returns a program that starts a leftover process. The program exits when that process has appended to `path`. */
export function shellLeftover({ kind, path }: { readonly kind: LeftoverKind; readonly path: string }): string {
  const { child, start } = STARTS[kind];
  return [
    `path='${path}'`,
    `child='${child}'`,
    `{ ${start}\n} </dev/null >/dev/null 2>&1`,
    'while ! test -e "$path"; do sleep 0.02; done',
  ].join('\n');
}
