import { expect, test } from 'vitest';
import type { Subject } from './subject.ts';

const rows = (from: number, to: number): string => Array.from({ length: to - from + 1 }, (_, index) => `row ${from + index}`).join('\n');

/** Commands and writes from deepagents' standard tests. */
export function testWriteCases({ sandbox, backend, fresh }: Subject): void {
  test.each([
    ['echo one && echo two', 0, 'one\ntwo\n'],
    ['export NAME="value" && echo $NAME', 0, 'value\n'],
    ['exit 42', 42, ''],
  ])('execute %j ends with code %d', async (command, exitCode, output) => {
    expect(await backend().execute(command)).toMatchObject({ exitCode, output });
  });

  test('a missing command fails, and so does a command that cannot be passed to a shell', async () => {
    expect((await backend().execute('missing_command_12345')).exitCode).toBe(127);
    expect(await backend().execute('echo a\0b')).toMatchObject({ exitCode: 126, output: expect.stringContaining('without NUL') });
  });

  test.each([
    ['plain.txt', 'first\nsecond\nthird'],
    ['several/missing/parents/file.txt', 'x'],
    ['directory with spaces/file name.txt', 'x'],
    ['doubled//slashes///file.txt', 'x'],
    ['shell.txt', '$VAR, `command`, $(subshell)\ttab \\ end'],
    ['scripts.txt', '👋 世界 مرحبا Привет é'],
    ['empty.txt', ''],
    ['breaks.txt', '\n\n\n\n\n'],
    ['long.txt', rows(1, 1_000)],
  ])('write and a command agree on %s', async (name, content) => {
    const at = fresh();
    const path = `${at('.')}/${name}`;
    expect(await backend().write(path, content)).toMatchObject({ path });
    expect((await backend().execute(`cat '${path}' && printf end`)).output).toBe(`${content}end`);
  });

  test('files that were written before the agent started are visible to every tool', async () => {
    const at = fresh();
    await sandbox().writeTextFile({ path: at('before/script.sh'), content: 'echo ran\n' });
    expect((await backend().execute(`sh ${at('before/script.sh')}`)).output).toBe('ran\n');
    expect((await backend().read(at('before/script.sh'))).content).toContain('echo ran');
    expect((await backend().ls(at('before'))).files).toMatchObject([{ path: at('before/script.sh') }]);
  });
}

/** Reads and edits from deepagents' standard tests. */
export function testReadAndEditCases({ backend, fresh }: Subject): void {
  test.each([
    [undefined, undefined, 1, 100],
    [50, undefined, 51, 100],
    [0, 5, 1, 5],
    [10, 5, 11, 15],
    [90, 100, 91, 100],
  ])('read from offset %s with limit %s returns rows %d to %d', async (...[offset, limit, first, last]) => {
    const path = fresh()('rows.txt');
    await backend().write(path, rows(1, 100));
    const { content } = await backend().read(path, offset, limit);
    expect(
      String(content)
        .match(/(?<=\t).*/g)
        ?.join('\n'),
    ).toBe(rows(first, last));
  });

  test('read returns no rows for a limit of 0 and after the end, and returns long lines', async () => {
    const path = fresh()('rows.txt');
    await backend().write(path, `short\n${'x'.repeat(3_000)}\nshort`);
    for (const [offset, limit] of [
      [0, 0],
      [3, 10],
      [100, 10],
    ])
      expect((await backend().read(path, offset, limit)).content ?? '').not.toMatch(/short|x/);
    expect((await backend().read(path)).content).toContain('short');
  });

  test.each([
    ['one line', 'Hello\nBye\nHello', 'Bye', 'So long', 'Hello\nSo long\nHello'],
    ['signs of regular expressions', '$100.00 [a-z]* /usr', '[a-z]*', '$&+', '$100.00 $&+ /usr'],
    ['several lines', 'one\ntwo\nthree', 'one\ntwo', 'both', 'both\nthree'],
    ['a deletion', 'keep\ndrop\nkeep', 'drop\n', '', 'keep\nkeep'],
    ['the same text', 'same', 'same', 'same', 'same'],
    ['an emoji', 'Hello 👋 世界', '👋', '🌍', 'Hello 🌍 世界'],
    ['spaces', 'a    b', '    ', ' ', 'a b'],
    ['long strings', `<${'x'.repeat(1_000)}>`, 'x'.repeat(1_000), 'y'.repeat(1_000), `<${'y'.repeat(1_000)}>`],
    ['the last line break', 'one\ntwo\n', 'two', 'deux', 'one\ndeux\n'],
    ['an empty file', '', '', 'new', 'new'],
  ])('edit replaces %s', async (...[, before, oldString, newString, after]) => {
    const path = fresh()('edit.txt');
    await backend().write(path, before);
    expect(await backend().edit(path, oldString, newString)).toMatchObject({ occurrences: 1 });
    expect((await backend().downloadFiles([path]))[0]?.content).toEqual(new TextEncoder().encode(after));
  });

  test('edit reports a missing file', async () => {
    expect((await backend().edit(fresh()('missing.txt'), 'a', 'b')).error).toContain('not found');
  });
}
