import { describe, expect, it } from 'vitest';
import { EmbeddedSandboxProvider } from '../src/index.ts';

/** Programs that change all that they can of their interpreter, and programs that show it. The second prints the same after the first. */
const PROGRAMS = [
  [
    'Python',
    ['python3', '-c'],
    'import sys, os, builtins; builtins.print = None; sys.modules["json"] = 1; os.environ["A"] = "1"; os.chdir("/"); os.umask(0o777); int.x = 1',
    'import sys, os, json; print(json.dumps([os.getcwd(), os.environ.get("A"), os.umask(0)]))',
  ],
  [
    'JavaScript',
    ['node', '-e'],
    'globalThis.A = 1; Array.prototype.map = null; JSON.stringify = null; process.chdir("/"); process.exitCode = 5; setTimeout(() => { throw 1 })',
    'console.log(JSON.stringify([typeof A, [1].map((x) => x), process.cwd(), process.exitCode]))',
  ],
  [
    'the shell',
    ['bash', '-c'],
    'A=1; export B=2; echo() { printf no; }; alias ls=no; set -euf; cd /; umask 777; trap "echo end" EXIT; IFS=x; shopt -s nullglob; sleep 0.2 & false',
    'echo "[$A$B]" "$PWD" "$(umask)" "$-" *.none "$(trap)" "$?" "$!"; printf "%s" "$IFS" | od -c',
  ],
] as const;

describe('two runs, one after the other', () => {
  it.each(PROGRAMS)('share nothing but files: %s', async (...[, command, changing, showing]) => {
    await using provider = new EmbeddedSandboxProvider();
    await using sandbox = await provider.create();
    const show = () => sandbox.run({ argv: [...command, showing] });
    const before = await show();
    expect(before).toMatchObject({ exitCode: 0, stderr: '' });
    for (let count = 0; count < 3; count += 1) {
      await sandbox.run({ argv: [...command, changing] });
      expect(await show()).toEqual(before);
    }
  });

  it('each have their own input and output', async () => {
    await using provider = new EmbeddedSandboxProvider();
    await using sandbox = await provider.create();
    for (const text of ['first', 'the second', '3']) {
      const process = await sandbox.spawn({
        argv: ['python3', '-c', 'import sys; print(sys.stdin.read()); print("e", file=sys.stderr)'],
        stdin: true,
      });
      const writer = process.stdin?.getWriter();
      await writer?.write(new TextEncoder().encode(text));
      await writer?.close();
      const chunks = await Array.fromAsync(process.output);
      expect(Buffer.concat(chunks.filter(({ stream }) => stream === 'stdout').map(({ bytes }) => bytes)).toString()).toBe(`${text}\n`);
      expect(await process.wait()).toEqual({ exitCode: 0 });
    }
  });
});
