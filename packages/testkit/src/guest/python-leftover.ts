import type { LeftoverKind } from './leftover-kinds.ts';

const BEAT = ['while True:', '    with open(path, "a") as file: file.write("x")', '    time.sleep(0.05)'];
const OWN_SESSION = ['os.setsid()'];
const TWICE = ['if os.fork(): os._exit(0)', 'os.setsid()', 'if os.fork(): os._exit(0)'];

/** Python code for each kind of process. Each process appends to the file at `path`. */
const CHILDREN: Readonly<Record<LeftoverKind, readonly string[]>> = {
  child: BEAT,
  'double-forked': [...TWICE, ...BEAT],
  'own-session': [...OWN_SESSION, ...BEAT],
  'term-ignoring': [
    ...OWN_SESSION,
    'for each in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT): signal.signal(each, signal.SIG_IGN)',
    ...BEAT,
  ],
  stopped: [
    ...OWN_SESSION,
    'with open(path + ".pid", "w") as file: file.write(str(os.getpid()))',
    'with open(path, "a") as file: file.write("x")',
    'os.kill(os.getpid(), signal.SIGSTOP)',
    ...BEAT,
  ],
  forking: ['while True:', '    if os.fork(): os._exit(0)', '    with open(path, "a") as file: file.write("x")', '    time.sleep(0.01)'],
  'without-environment': [...TWICE, ...BEAT],
};

/** Returns a program that starts a leftover process. The program exits when that process has appended to `path`. */
export function pythonLeftover({ kind, path }: { readonly kind: LeftoverKind; readonly path: string }): string {
  const child = ['import os, signal, sys, time', 'path = sys.argv[1]', ...CHILDREN[kind]].join('\n');
  return [
    'import os, subprocess, sys, time',
    `path = ${JSON.stringify(path)}`,
    'none = subprocess.DEVNULL',
    `environment = ${kind === 'without-environment' ? '{}' : 'None'}`,
    `argv = [sys.executable, "-c", ${JSON.stringify(child)}, path]`,
    'subprocess.Popen(argv, stdin=none, stdout=none, stderr=none, env=environment)',
    'while not os.path.exists(path): time.sleep(0.02)',
  ].join('\n');
}
