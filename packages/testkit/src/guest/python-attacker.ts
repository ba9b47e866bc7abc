/** The signal that an attacker sends to sandpod's processes: stop them, or kill them. */
export type AttackSignal = 'SIGSTOP' | 'SIGKILL';

const BACKGROUND = [
  'import os, signal, sys, time',
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
];

/** Returns a Python program that leaves a process behind. The process sends a signal to each process of sandpod that it finds. */
export function pythonAttacker(signal: AttackSignal): string {
  return [
    ...BACKGROUND,
    // The call that starts this program is not attacked.
    'time.sleep(0.3)',
    'while time.time() < end:',
    '    for pid in launchers():',
    `        try: os.kill(pid, signal.${signal})`,
    '        except OSError: pass',
  ].join('\n');
}
