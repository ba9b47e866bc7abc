import type { GuestPiece, GuestPrograms } from './guest-programs.ts';
import { shellLeftover } from './shell-leftover.ts';

/** The sample programs in POSIX shell, for images without Python. They use only the usual tools. */
export const shellPrograms: GuestPrograms = {
  language: 'sh',
  program: 'sh',
  argv: (source, args = []) => ['sh', '-c', source, 'sh', ...args],
  print: ({ stdout = '', stderr = '', exitCode = 0 }) =>
    lines(write(stdout), stderr === '' ? '' : `${write(stderr)} >&2`, `exit ${exitCode}`),
  printPieces: ({ pieces, pauseMs }) => lines(...pieces.flatMap((piece) => [writePiece(piece), `sleep ${pauseMs / 1000}`])),
  printInTurn: ({ pieces, turn }) =>
    lines(...pieces.flatMap((piece, index) => [writePiece(piece), `while ! test -e ${quote(`${turn}-${index}`)}; do sleep 0.02; done`])),
  printArguments: () => `for argument; do printf '%s\\0' "$argument"; done`,
  printVariables: (names) => lines(...names.map((name) => `printf '%s\\0' "$${name}"`)),
  printEnvironment: () => 'env',
  printWorkingDirectory: () => 'pwd',
  numberedLines: (count) => `awk 'BEGIN { for (i = 1; i <= ${count}; i++) print "line " i }'`,
  longLine: (bytes) => `head -c ${bytes} /dev/zero | tr '\\000' x`,
  flood: () => lines('yes eeeeeeeeeeeeeeee >&2 &', 'yes oooooooooooooooo'),
  copyInput: () => 'exec cat',
  digestInput: () =>
    lines('cat >".input-$$"', 'echo "$(wc -c <".input-$$" | tr -d " ") $(sha256sum <".input-$$" | cut -d" " -f1)"', 'rm ".input-$$"'),
  digestFile: () => 'echo "$(wc -c <"$1" | tr -d " ") $(sha256sum <"$1" | cut -d" " -f1)"',
  spin: () => lines('echo started', 'while :; do :; done'),
  sleep: ({ ms, path }) =>
    lines('echo started', `sleep ${ms / 1000}`, path === undefined ? '' : `printf done >${quote(path)}`, 'echo done'),
  heartbeat: ({ path }) => lines('echo started', beat(path)),
  heartbeatInChild: ({ path, detached }) =>
    lines(
      `${detached ? 'setsid ' : ''}sh -c ${quote(beat(path))} >/dev/null 2>&1 &`,
      `while ! test -e ${quote(path)}; do sleep 0.02; done`,
      'echo started',
      'while :; do sleep 1; done',
    ),
  leftover: shellLeftover,
  handleSignals: ({ names }) => lines(...names.map((name) => trap(name)), 'echo started', FOR_EVER),
  handleSignalInChild: ({ name }) =>
    lines(
      `sh -c ${quote(lines(trap(name, 'child '), 'echo ready >ready-$PPID', FOR_EVER))} &`,
      trap(name, 'parent '),
      'while ! test -e "ready-$$"; do sleep 0.02; done',
      'echo started',
      FOR_EVER,
    ),
  ignoreTerm: () => lines("trap '' TERM", 'echo started', 'while :; do :; done'),
  handleTerm: () => lines("trap 'echo bye; exit 0' TERM", 'echo started', 'while :; do sleep 0.1; done'),
  allocate: ({ bytes }) => lines('x=xxxxxxxxxxxxxxxx', `while test "\${#x}" -lt ${bytes}; do x=$x$x; done`, 'echo allocated'),
  allocateInChild: ({ bytes }) => lines(`sh -c ${quote(shellPrograms.allocate({ bytes }))}`, 'echo parent done', 'exit 0'),
  startChildren: ({ count }) =>
    lines('n=0', `while test $n -lt ${count}; do sleep 3600 & n=$((n + 1)); done 2>/dev/null`, 'echo started $n'),
  fillFile: ({ path, bytes }) => `if head -c ${bytes} /dev/zero >${quote(path)}; then echo wrote ${bytes}; else echo refused; fi`,
  connect: ({ host, port }) =>
    `if nc -w 2 -z ${quote(host)} ${port} >/dev/null 2>&1 </dev/null; then echo connected; else echo refused; fi`,
  resolveName: ({ host }) => `if nslookup ${quote(host)} >/dev/null 2>&1; then echo resolved; else echo refused; fi`,
  showFile: ({ path }) => `if cat ${quote(path)} >/dev/null 2>&1; then echo present; cat ${quote(path)}; else echo missing; fi`,
  saveFile: ({ path, text }) => `${write(text)} >${quote(path)}`,
  makeLink: ({ path, target }) => `ln -s ${quote(target)} ${quote(path)}`,
  writeToDescriptors: ({ text, exitCode }) =>
    lines('for fd in 3 4 5 6 7 8 9; do', `  (${write(text)} >&$fd) 2>/dev/null || :`, 'done', `exit ${exitCode}`),
};

const FOR_EVER = 'while :; do sleep 0.1; done';

function trap(name: string, prefix = ''): string {
  return `trap 'echo ${prefix}got ${name}' ${name}`;
}

function lines(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Returns a command that writes the text. In every shell, `printf` with octal escapes can write every byte. */
function write(text: string): string {
  return text === '' ? '' : `printf ${quote(octal(Buffer.from(text)))}`;
}

function writePiece({ stream = 'stdout', bytes }: GuestPiece): string {
  return `printf ${quote(octal(bytes))}${stream === 'stderr' ? ' >&2' : ''}`;
}

function octal(bytes: Uint8Array): string {
  return [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

function beat(path: string): string {
  return `while :; do printf x >>${quote(path)}; sleep 0.05; done`;
}
