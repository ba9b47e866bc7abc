import { describe, expect, test } from 'vitest';
import { type GuestRunOptions, type GuestRunResult, runGuestProgram } from '../../test/run-guest-program.ts';
import { createShellProgram } from './shell-program.ts';

const shell = createShellProgram({ programs: new Map() });

function line(text: string, options?: GuestRunOptions): Promise<GuestRunResult> {
  return runGuestProgram(shell, { argv: ['bash', '-c', text], ...(options && { options }) });
}

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

// The one-liners compare jq with jq 1.6. This is what jq 1.8 does.
test.each([
  ['-nc', '100000000000000000001, [1.10, 3.0]', '100000000000000000001\n[1.10,3.0]\n'],
  ['-nc', '[limit(0; 1, 2)], [skip(1; 1, 2)], ([1, 2] | have_literal_numbers)', '[]\n[2]\ntrue\n'],
  ['-nc', '"  a " | trim, ltrimstr("  "), ("abc" | trimstr("a"))', '"a"\n"a "\n"bc"\n'],
  ['-nc', '{a: 1, b: {c: 2, d: 3}} | pick(.b.c), (.b | to_entries | length)', '{"b":{"c":2}}\n2\n'],
  ['-nc', '[1, 2, 3] | (.[1:] | add), (map(-. | abs) | add)', '5\n6\n'],
  ['-nr', '"a%20b" | @urid, @uri "x=\\("é")"', 'a b\nx=%C3%A9\n'],
  ['-nr', '1700000000 | strftime("%Z"), strflocaltime("%H %Z"), (todate | fromdate)', 'UTC\n22 UTC\n1700000000\n'],
  ['-nc', '$__loc__, ("x" | ascii_downcase | getpath([]))', '{"file":"<top-level>","line":1}\n"x"\n'],
  ['-nc', '("9" * 100000 | try strptime("%Y") catch length > 100000), ("2024" | strptime("%Y") | mktime)', 'true\n1703980800\n'],
  ['-nj', '1, "a", halt', '1a'],
  ['-c', '[., input, input_filename]', '[1,2,"<stdin>"]\n'],
])('jq %s %j', async (options, program, stdout) => {
  expect(await line(`jq ${options} '${program}'`, { stdin: '1 2' })).toMatchObject({ stdout, stderr: '', exitCode: 0 });
});

describe('files, variables and the time zone', () => {
  test('are those of the shell', async () => {
    const { stdout, stderr } = await line(
      `mkdir "a b"; cd "a b"; echo 1 > x.json; ln -s x.json link; echo 'def f: 7;' > m.jq; HIDDEN=1; export SHOWN=2
       jq -c '[., input_filename, env.SHOWN, env.HIDDEN]' ../"a b"/link
       jq -nc --slurpfile a <(echo 5) --rawfile b link '[$a, $b]'; jq -n -L "$PWD" 'import "m" as m; m::f'; jq . /dev/stdin <<< 3
       TZ=America/New_York jq -nr '1700000000 | strflocaltime("%H %Z"), (localtime | mktime)'`,
    );
    expect({ stdout, stderr }).toEqual({ stdout: '[1,"../a b/link","2",null]\n[[5],"1\\n"]\n7\n3\n17 EST\n1699982000\n', stderr: '' });
  });

  test('a file that cannot be read is reported, and the others are read', async () => {
    expect(await line('echo 1 > a; jq . nofile a')).toMatchObject({
      stdout: '1\n',
      stderr: 'jq: error: Could not open file nofile: No such file or directory\n',
      exitCode: 2,
    });
  });
});

test('no call leaves anything for the next one', async () => {
  const { stdout, stderr } = await line(
    `export A=1; jq -c '[., env.A]'; unset A; TZ=Asia/Tokyo jq -nc '[env.A, (0 | localtime | .[3])]'; jq -n '0 | localtime | .[3]'
     jq -n '[range(1000000)] | length'; jq -n '1 | error' 2> /dev/null; jq . <<< '{' 2> /dev/null; jq -n '[range(3000)] | map(tostring) | add | length'
     jq -rR . <<< 'last'`,
    { stdin: '"first"' },
  );
  expect({ stdout, stderr }).toEqual({ stdout: '["first","1"]\n[null,9]\n0\n1000000\n10890\nlast\n', stderr: '' });
});

describe('errors are on standard error', () => {
  test.each([
    ['jq .a <<< "[1]"', 5, /jq: error \(at <stdin>:1\): Cannot index array with string \("a"\)/],
    ['jq . <<< "{"', 5, /Unfinished JSON term at EOF/],
    ['jq "." <<< "nope"', 5, /Invalid (?:numeric )?literal/],
    ['jq ".["', 3, /syntax error/],
    ['jq nosuch', 3, /nosuch\/0 is not defined/],
    ['jq --nosuch .', 2, /Unknown option --nosuch/],
    [`jq -n '"a" | error'`, 5, /jq: error .*: a/],
    [`jq -n '"bye" | halt_error(7)'`, 7, /^bye$/],
    ['jq . $(seq 200000)', 126, /^jq: Argument list too long$/m],
    [`jq -n '{} | debug | empty'`, 0, /\["DEBUG:",\{\}\]/],
  ])('%s', async (script, exitCode, message) => {
    const result = await line(script);
    expect(result).toMatchObject({ stdout: '', exitCode });
    expect(result.stderr).toMatch(message);
  });
});

describe('hostile input', () => {
  test('bytes that are not UTF-8 become replacement characters', async () => {
    const stdin = new Uint8Array([0x22, 0x61, 0xff, 0xfe, 0x22]);
    expect(await line('jq -r .', { stdin })).toMatchObject({ stdout: 'a\ufffd\ufffd\n', exitCode: 0 });
  });

  test('numbers of any size, and texts with NUL', async () => {
    const { stdout } = await line('jq -c .', { stdin: `1${'0'.repeat(400)} 1e999999999 -0 "a\\u0000b"` });
    expect(stdout.split('\n').slice(1)).toEqual(['1E+999999999', '-0', '"a\\u0000b"', '']);
  });

  test.each([
    [nested(10_001), /Exceeds depth limit for parsing/],
    ['}{', /Unmatched/],
    ['{"a":', /Unfinished JSON term/],
    ['\0', /Invalid|Unfinished/],
  ])('invalid JSON ends with an error: %#', async (stdin, message) => {
    const result = await line('jq .', { stdin });
    expect(result).toMatchObject({ stdout: '', exitCode: 5 });
    expect(result.stderr).toMatch(message);
  });

  test.each([
    '[range(100000000)] | length',
    '[limit(100000000; repeat(1))] | length',
    '[range(300)] | until(false; . + .)',
    'reduce range(100) as $i ("aaaaaaaa"; . + .)',
    'def f: 1 + f; f',
    '"a" * 1000000000',
  ])('a program that fills the memory ends the run with a reason, and the script goes on: %s', async (program) => {
    const result = await line(`jq -n '${program}'; echo "rc $?"; jq -n 1`, { memoryBytes: 48 << 20 });
    expect(result).toMatchObject({ stdout: 'rc 134\n1\n', limit: 'memory', reason: 'jq ran out of memory: its limit is 48 MiB.' });
    expect(result.stderr).toMatch(/cannot allocate memory/);
  });

  test('arguments that are too long are refused', async () => {
    const result = await line(`jq -n --arg x "$(printf '%4000000d' 1)" '$x | length'`);
    expect(result).toMatchObject({ stdout: '', stderr: 'jq: Argument list too long\n', exitCode: 126 });
    expect((await line(`jq -n --arg x "$(printf '%2000000d' 1)" '$x | length'`)).stdout).toBe('2000000\n');
  });
});
