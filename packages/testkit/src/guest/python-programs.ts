import type { GuestPiece, GuestPrograms } from './guest-programs.ts';
import { pythonLeftover } from './python-leftover.ts';

/** The sample programs in Python 3. They use only the standard library. */
export const pythonPrograms: GuestPrograms = {
  language: 'python',
  program: 'python3',
  argv: (source, args = []) => ['python3', '-c', source, ...args],
  print: ({ stdout = '', stderr = '', exitCode = 0 }) =>
    lines('import sys', writeBytes('stdout', stdout), writeBytes('stderr', stderr), exitCode === 0 ? '' : `sys.exit(${exitCode})`),
  printPieces: ({ pieces, pauseMs }) =>
    lines('import sys, time', ...pieces.flatMap((piece) => [writePiece(piece), `time.sleep(${seconds(pauseMs)})`])),
  printInTurn: ({ pieces, turn }) =>
    lines(
      'import os, sys, time',
      ...pieces.flatMap((piece, index) => [
        writePiece(piece),
        `while not os.path.exists(${literal(`${turn}-${index}`)}): time.sleep(0.02)`,
      ]),
    ),
  printArguments: () => lines('import os, sys', 'for a in sys.argv[1:]:', '    sys.stdout.buffer.write(os.fsencode(a) + b"\\0")'),
  printVariables: (names) =>
    lines('import os, sys', `for n in ${literal(names)}:`, '    sys.stdout.buffer.write(os.fsencode(os.environ.get(n, "")) + b"\\0")'),
  printEnvironment: () => lines('import os', 'for n, v in os.environ.items(): print(n + "=" + v)'),
  printWorkingDirectory: () => lines('import os', 'print(os.getcwd())'),
  numberedLines: (count) => `for i in range(1, ${count} + 1): print("line", i)`,
  longLine: (bytes) => lines('import sys', `n = ${bytes}`, 'while n > 0: n -= sys.stdout.write("x" * min(n, 65536))', 'sys.stdout.flush()'),
  flood: () =>
    lines(
      'import sys',
      'while True:',
      '    sys.stdout.write("o" * 65536)',
      '    sys.stdout.flush()',
      '    sys.stderr.write("e" * 65536)',
      '    sys.stderr.flush()',
    ),
  copyInput: () =>
    lines(
      'import sys',
      'while True:',
      '    piece = sys.stdin.buffer.read1(65536)',
      '    if not piece: break',
      '    sys.stdout.buffer.write(piece)',
      '    sys.stdout.flush()',
    ),
  digestInput: () => digest('sys.stdin.buffer'),
  digestFile: () => digest('open(sys.argv[1], "rb")'),
  spin: () => lines(STARTED, 'while True: pass'),
  sleep: ({ ms, path }) =>
    lines(
      STARTED,
      'import time',
      `time.sleep(${seconds(ms)})`,
      path === undefined ? '' : saveText(path, 'done'),
      'print("done", flush=True)',
    ),
  heartbeat: ({ path }) => lines(STARTED, BEAT, `beat(${literal(path)})`),
  heartbeatInChild: ({ path, detached }) =>
    lines(
      'import os, subprocess, sys, time',
      `child = ${literal(lines(BEAT, `beat(${literal(path)})`))}`,
      `subprocess.Popen([sys.executable, "-c", child], start_new_session=${detached ? 'True' : 'False'})`,
      `while not os.path.exists(${literal(path)}): time.sleep(0.02)`,
      STARTED,
      'time.sleep(3600)',
    ),
  leftover: pythonLeftover,
  handleSignals: ({ names }) => lines(...handlers(names), STARTED, 'while True: time.sleep(0.1)'),
  handleSignalInChild: ({ name }) =>
    lines(
      'import subprocess, sys',
      `child = ${literal(lines(...handlers([name], 'child '), STARTED, 'while True: time.sleep(0.1)'))}`,
      'child = subprocess.Popen([sys.executable, "-c", child], stdout=subprocess.PIPE)',
      'child.stdout.readline()',
      ...handlers([name], 'parent '),
      STARTED,
      'for line in child.stdout: os.write(1, line)',
    ),
  ignoreTerm: () => lines('import signal', 'signal.signal(signal.SIGTERM, signal.SIG_IGN)', STARTED, 'while True: pass'),
  handleTerm: () =>
    lines(
      'import signal, sys, time',
      'def bye(*_):',
      '    print("bye", flush=True)',
      '    sys.exit(0)',
      'signal.signal(signal.SIGTERM, bye)',
      STARTED,
      'while True: time.sleep(0.1)',
    ),
  allocate: ({ bytes }) =>
    lines('kept = []', `for _ in range(${Math.ceil(bytes / CHUNK)}): kept.append(b"x" * ${CHUNK})`, 'print("allocated", flush=True)'),
  allocateInChild: ({ bytes }) =>
    lines(
      'import subprocess, sys',
      `subprocess.run([sys.executable, "-c", ${literal(pythonPrograms.allocate({ bytes }))}])`,
      'print("parent done", flush=True)',
    ),
  startChildren: ({ count }) =>
    lines(
      'import os, time',
      'started = 0',
      `while started < ${count}:`,
      '    try: child = os.fork()',
      '    except OSError: break',
      '    if child == 0:',
      '        time.sleep(3600)',
      '        os._exit(0)',
      '    started += 1',
      'print("started", started, flush=True)',
    ),
  fillFile: ({ path, bytes }) =>
    lines(
      `left = ${bytes}`,
      'try:',
      `    with open(${literal(path)}, "wb", buffering=0) as file:`,
      `        while left > 0: left -= file.write(b"x" * min(left, ${CHUNK}))`,
      `    print("wrote ${bytes}", flush=True)`,
      'except OSError as error:',
      '    print("refused", error, flush=True)',
    ),
  connect: ({ host, port }) =>
    attempt('import socket', `socket.create_connection((${literal(host)}, ${port}), timeout=2).close()`, 'print("connected")'),
  resolveName: ({ host }) => attempt('import socket', `socket.getaddrinfo(${literal(host)}, 80)`, 'print("resolved")'),
  showFile: ({ path }) =>
    lines(
      'import sys',
      'try:',
      `    content = open(${literal(path)}, "rb").read()`,
      '    sys.stdout.buffer.write(b"present\\n" + content)',
      'except OSError:',
      '    print("missing")',
    ),
  saveFile: ({ path, text }) => saveText(path, text),
  makeLink: ({ path, target }) => lines('import os', `os.symlink(${literal(target)}, ${literal(path)})`),
  writeToDescriptors: ({ text, exitCode }) =>
    lines(
      'import os, sys',
      'for fd in range(3, 64):',
      '    try:',
      `        os.write(fd, ${literal(text)}.encode())`,
      '    except OSError: pass',
      `sys.exit(${exitCode})`,
    ),
};

const CHUNK = 1024 * 1024;
// Uses a single write, because an unbuffered print() writes twice, and the second write may be late.
const STARTED = 'import sys; sys.stdout.write("started\\n"); sys.stdout.flush()';
const BEAT = [
  'import time',
  'def beat(path):',
  '    while True:',
  '        with open(path, "a") as file: file.write("x")',
  '        time.sleep(0.05)',
].join('\n');

function handlers(names: readonly string[], prefix = ''): string[] {
  return [
    'import os, signal, time',
    // Does not use print(), because a handler may interrupt another write to the same buffer.
    `def note(number, _): os.write(1, f"${prefix}got {signal.Signals(number).name[3:]}\\n".encode())`,
    ...names.map((name) => `signal.signal(signal.SIG${name}, note)`),
  ];
}

function lines(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}

/** Returns the value as a Python literal. JSON escapes every character that Python could interpret differently. */
function literal(value: string | readonly string[]): string {
  return JSON.stringify(value);
}

function writeBytes(stream: 'stdout' | 'stderr', text: string): string {
  return text === '' ? '' : lines(`sys.${stream}.buffer.write(${literal(text)}.encode())`, `sys.${stream}.flush()`);
}

function writePiece({ stream = 'stdout', bytes }: GuestPiece): string {
  return lines(`sys.${stream}.buffer.write(bytes.fromhex("${Buffer.from(bytes).toString('hex')}"))`, `sys.${stream}.flush()`);
}

function digest(source: string): string {
  return lines(
    'import hashlib, sys',
    'total, sha = 0, hashlib.sha256()',
    `source = ${source}`,
    'while True:',
    '    piece = source.read(65536)',
    '    if not piece: break',
    '    total += len(piece)',
    '    sha.update(piece)',
    'print(total, sha.hexdigest())',
  );
}

/** Returns a program that runs the statements. It writes `refused` after any failure, even if there is no socket module. */
function attempt(...statements: readonly string[]): string {
  return lines('try:', ...statements.map((statement) => `    ${statement}`), 'except BaseException as error:', '    print("refused")');
}

function saveText(path: string, text: string): string {
  return lines(`with open(${literal(path)}, "w") as file: file.write(${literal(text)})`);
}

function seconds(ms: number): string {
  return String(ms / 1000);
}
