import { describe, expect, test } from 'vitest';
import { type GuestRunOptions, type GuestRunResult, runGuestProgram } from '../../test/run-guest-program.ts';
import { createShellProgram } from './shell-program.ts';

const shell = createShellProgram({ programs: new Map() });

function line(text: string, options?: GuestRunOptions): Promise<GuestRunResult> {
  return runGuestProgram(shell, { argv: ['bash', '-c', text], ...(options && { options }) });
}

// The one-liners compare awk with mawk, which counts bytes and differs from POSIX in some points. This is what POSIX and GNU awk do.
test.each([
  ['BEGIN{print 2^53, 1e11, 100000 * 100000, 1/3}', '9007199254740992 100000000000 10000000000 0.333333\n'],
  ['BEGIN{print length("äö😀"), substr("a😀b", 2, 1), index("ä😀b", "b")}', '3 😀 3\n'],
  ['BEGIN{print substr("hello", 0, 2), substr("hello", -1, 3), substr("hello", 1.5, 2)}', 'h h el\n'],
  ['BEGIN{printf "%d %x %c\\n", 9007199254740992, -1, 228}', '9007199254740992 ffffffffffffffff ä\n'],
  ['BEGIN{print 2**3, 2^3^2, -2^2, 7 % -3}', '8 512 -4 1\n'],
  ['BEGIN{print gensub(/(a)(b)/, "\\\\2\\\\1", "g", "abab"), gensub(/b/, "X", 2, "abab")}', 'baba abaX\n'],
  ['BEGIN{print strftime("%Y-%m-%d", 86400, 1)}', '1970-01-02\n'],
  ['BEGIN{if ("x12" ~ /^x[0-9]{2}$/) print "braces"}', 'braces\n'],
  ['BEGIN{while (("printf 1; exit 3" | getline x) > 0) print x; print close("printf 1; exit 3")}', '1\n3\n'],
  ['BEGIN{srand(1); a = rand(); srand(1); print (a == rand()), (a >= 0 && a < 1)}', '1 1\n'],
  ['BEGIN { getline; print "got " $0; getline x; print x, NR }', 'got l1\nl2 2\n'],
])('%s', async (program, stdout) => {
  expect(await line(`awk '${program}'`, { stdin: 'l1\nl2\n' })).toMatchObject({ stdout, stderr: '', exitCode: 0 });
});

describe('is refused with a message, and exits with 2', () => {
  test.each([
    ['BEGIN{print 1/0}', /division by zero/],
    ['BEGIN{print asort(a)}', /function asort is not defined, or is not supported in this sandbox/],
    ['BEGIN{FPAT="x"}', /the variable FPAT is not supported in this sandbox/],
    ['BEGIN{print "a"', /line 1: syntax error at or near the end of the program/],
    ['{ print $-1 }', /attempt to access field -1/],
    ['BEGIN{x = 1; x["a"] = 2}', /x is a value, but is used as a list/],
    ['BEGIN{x["a"] = 2; print x + 1}', /x is a list, but is used as a value/],
    ['BEGIN{print match("a", "(")}', /Unmatched/],
    ['function f(n) { return f(n + 1) } BEGIN{f(1)}', /functions are nested too deeply/],
    ['BEGIN{printf "%*d", 99999999999, 1}', /the width 99999999999 in a format is too large/],
    ['BEGIN{$99999999999 = "x"}', /attempt to access field 99999999999/],
  ])('%s', async (program, message) => {
    const result = await line(`awk '${program}'`, { stdin: 'x\n' });
    expect(result).toMatchObject({ stdout: '', exitCode: 2 });
    expect(result.stderr).toMatch(message);
  });
});

test.each([
  'while (1) print "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"',
  's = "x"; while (1) s = s s',
  'while (1) print "yyyyyyyyyyyyyyyyyyyyy" > "file"',
])('a program that fills the memory ends the run with a reason: %s', async (body) => {
  expect(await line(`awk 'BEGIN { ${body} }'`, { memoryBytes: 32 << 20 })).toMatchObject({ limit: 'memory' });
});

test('a file keeps what was written before an error', async () => {
  expect((await line(`awk '{print > "out"} END{print 1/0}'; cat out`, { stdin: 'a\nb\n' })).stdout).toBe('a\nb\n');
});
