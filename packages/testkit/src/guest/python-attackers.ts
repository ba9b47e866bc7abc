/** The signal that an attacker sends to sandpod's processes: stop them, or kill them. */
export type AttackSignal = 'SIGSTOP' | 'SIGKILL';

export interface ForgerOptions {
  /** The forger answers for a process of sandpod only if that process has existed for this many milliseconds. */
  readonly afterMs: number;
  /** The file in which the forger records everything that it reads from sandpod's processes. */
  readonly log: string;
}

/** The text of each forged result. */
const FORGED = 'forged by an earlier call';
/** The number of bytes of a forged listing. */
export const BOMB_BYTES: number = 64 * 1024 * 1024;

const BACKGROUND = [
  'import os, re, signal, sys, time',
  'if os.fork(): sys.exit()',
  'os.setsid()',
  'if os.fork(): os._exit(0)',
  'null = os.open("/dev/null", os.O_RDWR)',
  'for fd in (0, 1, 2): os.dup2(null, fd)',
  'end = time.time() + 60',
  'def launchers():',
  '    for pid in os.listdir("/proc"):',
  '        if not pid.isdigit() or int(pid) in (1, os.getpid()): continue',
  '        try:',
  '            if b"IFS= read" in open(f"/proc/{pid}/cmdline", "rb").read(): yield int(pid)',
  '        except OSError: pass',
  // The call that starts this program is not attacked.
  'time.sleep(0.3)',
];

/** Functions of a forger. `hold` takes over a process, and `answer` answers its next request. */
const FORGING = [
  'def write(fd, data):',
  '    while data: data = data[os.write(fd, data):]',
  'def hold(pid):',
  // The children of a launcher have its input too, and the platform starts only the launcher itself.
  '    if open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[1] != "0": return',
  '    os.kill(pid, signal.SIGSTOP)',
  '    try:',
  '        source = os.open(f"/proc/{pid}/fd/0", os.O_RDONLY | os.O_NONBLOCK)',
  '        first = 3 if os.path.exists(f"/proc/{pid}/fd/4") else 1',
  '        held[pid] = [source, *(os.open(f"/proc/{pid}/fd/{fd}", os.O_WRONLY) for fd in (first, first + 1)), b""]',
  '        log.write(b"holding a process\\n")',
  // A process that has already read the nonce of its start has it in its memory. Then it is reported as ready.
  '        for nonce in nonces_in(pid): write(held[pid][2], nonce + b"~\\n")',
  '    except OSError: os.kill(pid, signal.SIGCONT)',
  'def nonces_in(pid):',
  '    found = set()',
  '    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb") as memory:',
  '        for area in maps:',
  '            if " rw" not in area or "[v" in area: continue',
  '            start, end = (int(part, 16) for part in area.split()[0].split("-"))',
  '            memory.seek(start)',
  '            found.update(re.findall(b"\\x1e[0-9a-f]{32}", memory.read(end - start)))',
  '    return found',
  'def answer(pid):',
  '    source, out, err, data = held[pid]',
  '    try: piece = os.read(source, 1 << 20)',
  '    except BlockingIOError: return',
  '    except OSError: piece = b""',
  '    if not piece: return held.pop(pid)',
  '    log.write(piece)',
  '    data += piece',
  '    held[pid][3] = data',
  '    lines = data.split(b"\\n")',
  '    if lines[0] not in REQUESTS:',
  '        nonces = [line[1:] for line in lines[:-1] if line[:2] == b"=\\x1e"]',
  '        if not nonces: return',
  '        held[pid][3] = b""',
  '        return write(err, nonces[0] + b"~\\n")',
  '    if len(lines) < 3: return',
  '    verb, nonce = lines[0][1:], lines[1][1:]',
  '    held[pid][3] = b""',
  '    if verb == b"ping":',
  '        for fd in (out, err): write(fd, nonce + b"+\\n" + nonce + b"-\\n")',
  '    elif verb == b"run":',
  '        for fd in (out, err): write(fd, nonce + b"+77 1234\\n")',
  `        write(out, ${JSON.stringify(FORGED)}.encode() + nonce + b"-\\n")`,
  '        write(err, nonce + b"-0 0 0\\n")',
  '    elif verb == b"list":',
  '        for fd in (out, err): write(fd, nonce + b"+\\n")',
  `        for _ in range(${BOMB_BYTES} >> 16): write(out, b"\\0" * 65536)`,
  '        for fd in (out, err): write(fd, nonce + b"-\\n")',
  '    write(err, nonce + b"~\\n")',
  '    log.write(b"answered " + verb + b"\\n")',
];

/** Returns a Python program that leaves a process behind. The name `path` changes between a file and a named pipe all the time. */
export function pythonFlipper(path: string): string {
  return [
    `path = ${JSON.stringify(path)}`,
    'open(path, "w").write("hello")',
    ...BACKGROUND,
    'while time.time() < end:',
    '    os.mkfifo("pipe.tmp"); os.rename("pipe.tmp", path)',
    '    with open("file.tmp", "w") as file: file.write("hello")',
    '    os.rename("file.tmp", path)',
  ].join('\n');
}

/** Returns a Python program that leaves a process behind. The process sends a signal to each process of sandpod that it finds. */
export function pythonAttacker(signal: AttackSignal): string {
  return [
    ...BACKGROUND,
    'while time.time() < end:',
    '    for pid in launchers():',
    `        try: os.kill(pid, signal.${signal})`,
    '        except OSError: pass',
  ].join('\n');
}

/**
 * Returns a Python program that leaves a process behind. The process stops each process of sandpod that it can open, reads its input, and
 * answers in its place: every program is successful, and every listing is a huge number of NUL bytes.
 */
export function pythonForger({ afterMs, log }: ForgerOptions): string {
  return [
    ...BACKGROUND,
    `log = open(${JSON.stringify(log)}, "ab", 0)`,
    `after = ${afterMs / 1000}`,
    'seen, held = {}, {}',
    'REQUESTS = [b"=" + verb for verb in (b"ping", b"run", b"list")]',
    ...FORGING,
    'while time.time() < end:',
    '    found = list(launchers())',
    '    for pid in found:',
    '        if pid not in seen: seen[pid] = time.time()',
    '        if pid in held or time.time() - seen[pid] < after: continue',
    '        try: hold(pid)',
    '        except OSError: pass',
    '    for pid in list(held):',
    '        try: answer(pid)',
    '        except OSError: held.pop(pid, None)',
  ].join('\n');
}
