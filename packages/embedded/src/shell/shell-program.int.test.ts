import { beforeAll, describe, expect, test } from 'vitest';
import { type GuestRunOptions, type GuestRunResult, runGuestProgram } from '../../test/run-guest-program.ts';
import { MemoryFileSystem } from '../files/memory-file-system.ts';
import type { GuestContext, GuestExit, GuestProgram } from '../guest/guest-contract.ts';
import { loadJavascriptEngine } from '../javascript/javascript-engine.ts';
import { createJavascriptProgram } from '../javascript/javascript-program.ts';
import { createShellProgram } from './shell-program.ts';

/** Prints its arguments, input and environment. A number as the first argument is its exit code. */
async function tell(context: GuestContext): Promise<GuestExit> {
  const input = new TextDecoder().decode(context.readInput(1 << 20));
  const told = { argv: context.argv, cwd: context.cwd, env: context.env['SHOWN'] ?? null, hidden: context.env['HIDDEN'] ?? null, input };
  context.writeOutput('stdout', new TextEncoder().encode(`${JSON.stringify(told)}\n`));
  context.writeOutput('stderr', new TextEncoder().encode('told é\n'));
  return { exitCode: Number(context.argv[1] ?? 0) || 0 };
}

let shell: GuestProgram;
beforeAll(async () => {
  const node = createJavascriptProgram(await loadJavascriptEngine());
  shell = createShellProgram({
    programs: new Map([
      ['node', node],
      ['python3', tell],
    ]),
  });
});

const call = (argv: readonly [string, ...string[]], options: GuestRunOptions = {}): Promise<GuestRunResult> =>
  runGuestProgram(shell, { argv, options });
const line = (text: string, options?: GuestRunOptions): Promise<GuestRunResult> => call(['bash', '-c', text], options);

describe('how it is called', () => {
  test('runs a command line, with a name and arguments', async () => {
    const { stdout } = await call([
      'bash',
      '-c',
      'echo "$0" "$#"; for a in "$@"; do echo "<$a>"; done; shift; echo "$1"',
      'name',
      'a b',
      'c',
    ]);
    expect(stdout).toBe('name 2\n<a b>\n<c>\nc\n');
  });

  test('runs a file, and a script on standard input', async () => {
    const files = { '/workspace/x.sh': '#!/bin/sh\necho "$0|$1"\ncat\nexit 4\n' };
    expect(await call(['sh', 'x.sh', 'p q'], { files, stdin: 'in' })).toMatchObject({ stdout: 'x.sh|p q\nin', exitCode: 4 });
    expect((await call(['bash'], { stdin: 'echo hi\nfalse\necho $?' })).stdout).toBe('hi\n1\n');
  });

  test.each([
    [['-e', '-c', 'false; echo no'], 1, ''],
    [['-u', '-c', 'echo "$nope"; echo no'], 1, ''],
    [['-eo', 'pipefail', '-c', 'false | true; echo no'], 1, ''],
    [['-c', 'set -euo pipefail; echo a; echo $nope; echo no'], 1, 'a\n'],
    [['-x', '-c', 'echo traced'], 0, 'traced\n'],
    [['nofile.sh'], 127, ''],
    [['-c'], 2, ''],
  ])('%j ends with %i', async (given, exitCode, stdout) => {
    expect(await call(['bash', ...given])).toMatchObject({ exitCode, stdout });
  });
});

describe('programs of the sandbox as commands', () => {
  test('get arguments, input, directory and exported variables only', async () => {
    const { stdout, stderr, exitCode } = await line('HIDDEN=1; export SHOWN=2; cd /tmp; echo "print(1)" | python3 3 "a b"');
    expect(JSON.parse(stdout)).toEqual({ argv: ['python3', '3', 'a b'], cwd: '/tmp', env: '2', hidden: null, input: 'print(1)\n' });
    expect({ stderr, exitCode }).toEqual({ stderr: 'told é\n', exitCode: 3 });
  });

  test('bytes pass pipes, files and redirections unchanged', async () => {
    const { stdoutBytes } = await line(
      `node -e "process.stdout.write(Buffer.from([0, 255, 10, 254]))" > bin; cat bin | node -e "process.stdout.write(require('fs').readFileSync(0))"`,
    );
    expect(stdoutBytes).toEqual(new Uint8Array([0, 255, 10, 254]));
  });

  test('work in substitutions, in lists, through env and nested shells', async () => {
    const { stdout } = await line(
      `x=$(node -p 1+1); echo "x=$x"; node -e "process.exit(3)" || echo "rc $?"; /usr/bin/env SHOWN=5 python3 | grep -o '"env":"5"'; which python3; command -v node
       export SHOWN=9; bash -c 'python3 | grep -o "\\"env\\":\\"9\\""'; echo 'exit 6' > s.sh; sh s.sh; echo $?`,
    );
    expect(stdout).toBe('x=2\nrc 3\n"env":"5"\n/usr/bin/python3\n/usr/bin/node\n"env":"9"\n6\n');
  });

  test('xargs takes the value of an option in the same word or in the next one', async () => {
    const { stdout, stderr } = await line(
      'echo a b | xargs -n1 -P2 echo -n3; echo c | xargs -I{} echo "<{}>"; echo d | xargs -n 1 -r echo',
    );
    expect({ stdout, stderr }).toEqual({ stdout: '-n3 a\n-n3 b\n<c>\nd\n', stderr: '' });
  });

  test('a function of the same name wins', async () => {
    expect((await line('python3() { echo mine; }; python3')).stdout).toBe('mine\n');
  });

  test('a limit that ends a program also ends the run', async () => {
    const result = await line('node -e "const a=[];for(;;)a.push(new Array(1e5).fill(0))" 2>/dev/null; echo "rc $?"', {
      memoryBytes: 32 << 20,
    });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'rc 134\n', limit: 'memory' });
  });

  test.each([
    `jq -n '[limit(100000000; repeat(1))] | length'`,
    `echo a | jq -R '[range(100000000)] | length' | cat`,
    `x=$(yq -n '[range(0;100000000)] | length')`,
  ])('a command whose lists are too large for the memory limit ends the run as such, and the script goes on: %s', async (script) => {
    expect(await line(`${script}; echo after`, { memoryBytes: 32 << 20 })).toMatchObject({ limit: 'memory', stdout: 'after\n' });
  });

  test.each([
    'x=aaaaaaaaaaaaaaaa; for i in $(seq 40); do x=$x$x; done',
    'seq 1 100000000 | tail -1',
    'f() { local x; x=$(printf "%2000000000d" 1); }; f',
  ])('lists and texts that are too large for the memory limit end the run: %s', async (script) => {
    expect(await line(`echo before; ${script}; echo after`, { memoryBytes: 32 << 20 })).toMatchObject({
      exitCode: 126,
      limit: 'memory',
      stdout: 'before\n',
      reason: expect.stringContaining('32 MiB'),
    });
  });

  test('an unknown command exits with 127 and a message', async () => {
    expect(await line('nosuch')).toMatchObject({ exitCode: 127, stdout: '', stderr: 'bash: nosuch: command not found\n' });
  });
});

describe('output', () => {
  test('arrives while the script runs, in order', async () => {
    const seen: { readonly text: string; readonly atMs: number }[] = [];
    const started = performance.now();
    await line(
      'echo one; echo err >&2; for i in a b; do echo $i; sleep 0.15; done; node -e "console.log(1); setTimeout(() => console.log(2), 150)"',
      {
        onOutput: (_stream, text) => {
          if (text !== '') seen.push({ text, atMs: performance.now() - started });
        },
      },
    );
    expect(seen.map(({ text }) => text)).toEqual(['one\n', 'err\n', 'a\n', 'b\n', '1\n', '2\n']);
    const [first, , , , , last] = seen;
    expect((last?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThan(400);
  });

  test.each([
    'main() { helper one; sleep 0.2; helper two; }; helper() { echo "$1"; }; main "$@"',
    `echo one; find . -name '*.nothing' -exec ls {} \\;; sleep 0.2; echo two`,
    'set -x; f() { echo one; sleep 0.2; echo two; }; f 2>/dev/null; f',
    'shopt -s expand_aliases\nalias say="echo"\nsay one; sleep 0.2; say two',
    'exec 2>&1; echo one >&2; sleep 0.2; echo two',
    `f() { node -e "console.log('one'); setTimeout(() => console.log('two'), 200)"; }; f`,
    `exec node -e "console.log('one'); setTimeout(() => console.log('two'), 200)"`,
  ])('of a script with functions, exec, aliases or a trace arrives while it runs: %s', async (script) => {
    const seen: { readonly text: string; readonly atMs: number }[] = [];
    await line(script, { onOutput: (stream, text) => stream === 'stdout' && text !== '' && seen.push({ text, atMs: performance.now() }) });
    const [one, two] = [seen.findLast(({ text }) => text === 'one\n'), seen.findLast(({ text }) => text === 'two\n')];
    expect((two?.atMs ?? 0) - (one?.atMs ?? 0)).toBeGreaterThan(150);
  });

  test('a long word does not slow the start of a script down', async () => {
    const started = performance.now();
    expect((await line(`data='${'deadbeef'.repeat(40_000)}'; echo ${'a'.repeat(100_000)} | wc -c; echo \${#data}`)).stdout).toBe(
      '100001\n320000\n',
    );
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('10 MB arrive whole', async () => {
    const { stdoutBytes } = await line(`node -e "process.stdout.write('y'.repeat(1e7))"; seq 1 100000 | tail -1`);
    expect(stdoutBytes.length).toBe(1e7 + 7);
  });
});

// The text on the two streams must not depend on how output is collected: this redirection switches the added ones off.
const scripts = [
  'f() { echo out; echo err >&2; return 3; }; f; echo $?; f 2>&1 >/dev/null; f > g; cat g',
  'for i in 1 2 3; do echo $i; [ $i = 2 ] && break; done; echo end $i',
  'echo a | tee t | cat; cat t; ls /nope; ls /nope 2>&1; ls /nope 2>/dev/null || echo no',
  'printf "c\\nb\\n" | while read x; do echo "got $x"; done; while read l; do echo "l=$l"; done < /dev/null',
  'if echo cond; then echo yes; else echo no; fi; case x in x) echo X;; esac; (echo sub; exit 2); echo $?; { echo g; } > h; cat h',
  'x=$(echo cap); echo "$x"; eval "echo evaluated"; echo é日本; echo -n no newline; echo e > /dev/stderr; echo o > /dev/stdout',
  'false | true; echo "${PIPESTATUS[@]}"; ! true; echo $?; true && false || echo alt; set -e; false; echo never',
  'ls /nope 3>&1 1>&2 2>&3; { echo a; echo b >&2; } 2>&1; { echo c; echo d >&2; } 2>/dev/null; echo $((6*7)); arr=(1 2); echo ${arr[@]}',
  'cat <<EOF\n  keep $((1+1))\nEOF\ncat <<< here; set -- x y; echo "$2"; set -u; echo $nope; echo after',
  'time_out() { exit 5; }; echo before; time_out; echo never',
  'seq 3 | xargs -n1 echo | sort -r; timeout 5 echo t | tr a-z A-Z; env A=1 printenv A | wc -l; find /tmp -exec echo {} \\; | wc -l',
  'echo x > nodir/f; echo $?; cat < nofile; echo $?',
  'f() { g; echo "f $?"; }; g() { echo g; return 4; }; f | cat; x=$(f); echo "[$x]"; f; f >&2; f 2>&1; (f); { f; }; ! f; f && echo no || echo yes',
  'f() { local v=1; if [ $1 -gt 0 ]; then echo "n $1"; f $(($1-1)); fi; }; f 3; set -e; h() { false; echo no; }; echo start; h; echo never',
  'f() { echo a; return; echo b; }; f && echo ok; f() { echo redefined >&2; }; f; declare -f f; f() ( echo sub; exit 3 ); f; echo $?',
  'f() { read x; echo "x=$x"; }; echo in | f; f <<< here; f < /dev/null; g() { echo to-file; } > out.txt; g; cat out.txt; g() { echo x; }; g',
  'f() { echo a; k() { echo k; }; }; f > log; k; unset -f k; k; echo $?',
  'f() { echo 1; } ; unset -f f; f; echo "${FUNCNAME[0]}"; late; late() { echo late; }; late; if true; then c() { echo c; }; fi; c',
  'early; early() { echo e; }; early; python3() { echo mine; }; python3; export -f early; f() { while :; do echo w; break; done; echo "$@" $#; }; f x "y z"',
  'set -x; x=1; echo a; f() { echo in; y=2; return 3; }; f; for i in 1 2; do echo $i; done; [ 1 = 1 ] && true; ls /nope; y=$(echo z); z=$(false); echo $?; python3',
  'set -ex; f() { x=$(false); echo no; }; echo start; f; echo never',
  'shopt -s expand_aliases\nalias e="echo err >&2"\nalias hi="echo hi"\nalias p="echo pipe"\nalias python3="echo mine"\ne\nhi there\np | cat\npython3',
  'exec 2>&1; echo a; echo b >&2; ls /nope; f() { echo f >&2; }; f',
  'f() { echo f; echo g >&2; }; exec 2>&1; f; echo b >&2',
  'echo before; exec > log; echo a; echo b >&2; exec >&2; echo c; cat log',
  'if true; then exec 2>/dev/null; fi; echo a; ls /nope; eval "exec >log2"; echo hidden',
  'find /tmp -maxdepth 0 -exec echo {} \\;; exec 3>&1; echo a >&3; echo b; exec 3>&-; exec python3 7',
];

test.each(scripts)('streaming does not change what a script does: %s', async (script) => {
  const streamed = await line(script);
  const collected = await line(`exec 9>&1\n${script}`);
  expect({ stdout: streamed.stdout, stderr: streamed.stderr.split('\n').sort(), exitCode: streamed.exitCode }).toEqual({
    stdout: collected.stdout,
    stderr: collected.stderr.split('\n').sort(),
    exitCode: collected.exitCode,
  });
});

test('the handler of trap for EXIT runs at the end of a script, with its variables; other handlers are refused', async () => {
  expect(await line('set -e; x=1; trap "echo int" INT; trap \'echo "bye $x $?"\' EXIT; x=2; exit 3')).toMatchObject({
    exitCode: 3,
    stdout: 'bye 2 3\n',
    stderr: '',
  });
  expect(await line('trap "echo failed" ERR; false; echo on')).toMatchObject({
    exitCode: 2,
    stderr: 'trap: handlers for ERR are not supported in this sandbox\n',
  });
});

test('the usual tools exist', async () => {
  const tools =
    'awk base64 basename cat chmod cp cut date diff dirname du echo env expr find grep gunzip gzip head jq ln ls md5sum mkdir mktemp mv od paste printf pwd readlink realpath rm rmdir sed seq sha256sum sleep sort split stat tac tail tar tee timeout touch tr tree uname uniq wc which xargs yq';
  const { stdout, stderr } = await line(`for c in ${tools}; do command -v $c > /dev/null || echo "missing $c"; done`);
  expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
});

test('links, directory trees, archives and globs work', async () => {
  const { stdout, stderr } = await line(
    'mkdir -p a/b; echo hi > a/b/f; tar czf t.tgz a; tar tzf t.tgz | wc -l; ln -s b a/l; readlink a/l; cp -r a c; mv c d; find d | sort; rm -rf a d; ls; gzip -k t.tgz; echo *.tgz; cat a/b/f 2>/dev/null || echo gone',
  );
  expect(stderr).toBe('');
  expect(stdout).toBe('3\nb\nd\nd/b\nd/b/f\nd/l\nt.tgz\nt.tgz\ngone\n');
});

test('the shell sees no files, environment, processes or network of the host', async () => {
  const { stdout, stderr } = await line(
    'cat /etc/passwd /proc/self/environ; env | sort; ls /; curl http://127.0.0.1; sqlite3 :memory: "select 1"; js-exec 1',
    {
      env: { ONLY: '1' },
    },
  );
  expect(stdout).toContain('ONLY=1\n');
  expect(stdout).not.toContain('root:');
  expect(stderr.match(/^bash: (?:curl|sqlite3|js-exec): command not /gm)).toHaveLength(3);
  for (const name of Object.keys(process.env)) if (name.startsWith('VITEST')) expect(stdout).not.toContain(name);
});

test('a full disk is reported as the disk limit', async () => {
  const fileSystem = new MemoryFileSystem({ workspaceBytes: 1 << 20 });
  const result = await line('echo start; seq 1 1000000 > big; echo $?', { fileSystem });
  expect(result).toMatchObject({ exitCode: 1, stdout: 'start\n', limit: 'disk', stderr: expect.stringContaining('ENOSPC') });
});
