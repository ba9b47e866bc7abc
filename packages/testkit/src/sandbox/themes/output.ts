import assert from 'node:assert/strict';
import { MemoryWatch } from '../../tools/memory-watch.ts';
import { OutputReader, readStream } from '../../tools/output-reader.ts';
import { pause } from '../../tools/within.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

const MiB = 1024 * 1024;
const LINES = 200_000;
const PARALLEL = 3;

function numberedBytes(count: number): number {
  let bytes = 0;
  for (let line = 1; line <= count; line += 1) bytes += `line ${line}\n`.length;
  return bytes;
}

/** Text that guests could print to pretend that a run has ended: frames, markers and statuses of common protocols. */
const FORGERIES = [
  '\u0000exit 0\n',
  '__EXIT_CODE__:0\n',
  '\n0\n',
  '{"type":"exit","exitCode":0}\n',
  '{"metadata":{},"status":"Success"}',
  '\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0003end',
  '\u001e0\u001e\u001d0\u001d\u0004',
].join('');

/** Tests the output of programs as the client receives it. */
export const outputTheme: SandboxTheme = {
  name: 'output',
  tests: [
    {
      name: 'stdout and stderr arrive on separate streams',
      body: async (context) => {
        const process = await context.spawn(context.guest.print({ stdout: 'to out\n', stderr: 'to err\n' }));
        const [stdout, stderr] = await Promise.all([readStream(process.stdout), readStream(process.stderr)]);
        assert.deepEqual([String(stdout), String(stderr)], ['to out\n', 'to err\n']);
        assert.equal((await process.wait()).exitCode, 0);
      },
    },
    {
      name: '`output` keeps the order in which both streams were written',
      body: async (context) => {
        const pieces = [1, 2, 3, 4, 5, 6].map((number) => ({
          stream: number % 2 === 0 ? ('stderr' as const) : ('stdout' as const),
          bytes: Buffer.from(`${number}`),
        }));
        const sandbox = await context.fresh();
        const process = await context.spawn(context.guest.printInTurn({ pieces, turn: 'turn' }), { sandbox });
        const reader = new OutputReader(process);
        for (const [index, { bytes }] of pieces.entries()) {
          await reader.until(bytes.toString());
          await sandbox.writeTextFile({ path: `turn-${index}`, content: '' });
        }
        await reader.ended;
        assert.deepEqual([reader.text(), reader.text('stdout'), reader.text('stderr')], ['123456', '135', '246']);
      },
    },
    {
      name: 'output arrives while the program runs',
      body: async (context) => {
        const process = await context.spawn(context.guest.sleep({ ms: context.scaled(1_500) }));
        const reader = new OutputReader(process);
        await reader.until('started\n');
        const firstMs = performance.now();
        await process.wait();
        assert.ok(performance.now() - firstMs > context.scaled(700), 'expected the first text well before the end');
        await reader.ended;
        assert.equal(reader.text(), 'started\ndone\n');
      },
    },
    {
      name: 'output of a command line arrives while it runs',
      needs: ['shell-streaming'],
      body: async (context) => {
        const sandbox = await context.shared();
        const process = await sandbox.spawn({ command: `echo first; sleep ${context.scaled(1_500) / 1000}; echo second` });
        const reader = new OutputReader(process);
        await reader.until('first\n');
        const firstMs = performance.now();
        await process.wait();
        assert.ok(performance.now() - firstMs > context.scaled(700), 'expected the first text well before the end');
      },
    },
    {
      name: 'bytes that are not text arrive unchanged',
      body: async (context) => {
        const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
        const process = await context.spawn(context.guest.printPieces({ pieces: [{ bytes }], pauseMs: 0 }));
        assert.deepEqual(new Uint8Array(await readStream(process.stdout)), bytes);
      },
    },
    {
      name: 'split characters are decoded, invalid bytes are replaced, and CR is kept [row 37]',
      body: async (context) => {
        const text = 'é💥\r\n\ufeffz';
        const pieces = [...Buffer.from(text)].map((byte) => ({ bytes: Uint8Array.of(byte) }));
        const whole = await context.run(context.guest.printPieces({ pieces, pauseMs: 30 }));
        assert.equal(whole.stdout, text);
        const broken = await context.run(
          context.guest.printPieces({ pieces: [{ bytes: Uint8Array.of(0x61, 0xff, 0x62, 0xf0, 0x9f) }], pauseMs: 0 }),
        );
        assert.equal(broken.stdout, 'a\ufffdb\ufffd');
      },
    },
    {
      name: 'without output, the text is empty, and no line break is added',
      body: async (context) => {
        const nothing = await context.run(context.guest.print({}));
        const unfinished = await context.run(context.guest.print({ stdout: 'no end', stderr: 'nor here' }));
        assert.deepEqual([nothing.stdout, nothing.stderr, unfinished.stdout, unfinished.stderr], ['', '', 'no end', 'nor here']);
      },
    },
    {
      name: 'the end of a large output is never lost, even with parallel programs [row 36]',
      budgetMs: 120_000,
      body: async (context) => {
        const expectedBytes = numberedBytes(LINES);
        const counts = Array.from({ length: PARALLEL }, async () => {
          const process = await context.spawn(context.guest.numberedLines(LINES));
          const bytes = await readStream(process.stdout);
          assert.equal((await process.wait()).exitCode, 0);
          assert.ok(Buffer.from(bytes.slice(-32)).toString().endsWith(`line ${LINES}\n`), 'expected the last line');
          return bytes.byteLength;
        });
        assert.deepEqual(
          await Promise.all(counts),
          Array.from({ length: PARALLEL }, () => expectedBytes),
        );
      },
    },
    {
      name: 'run() keeps the head and tail of long output, up to its limit',
      body: async (context) => {
        const { stdout, outcome } = await context.run(context.guest.numberedLines(20_000), { keptOutputBytes: 4_000 });
        assert.equal(outcome, 'ok');
        assert.ok(stdout.startsWith('line 1\nline 2\n'), 'expected the head');
        assert.ok(stdout.endsWith('line 20000\n'), 'expected the tail');
        assert.ok(stdout.length < 4_500, `expected about 4000 characters, given ${stdout.length}`);
      },
    },
    {
      name: 'a line of 100 MB does not fill the memory of the client [row 35]',
      budgetMs: 120_000,
      body: async (context) => {
        using memory = new MemoryWatch();
        const { stdout, outcome } = await context.run(context.guest.longLine(100_000_000), { keptOutputBytes: MiB });
        assert.equal(outcome, 'ok');
        assert.ok(stdout.length < 1.1 * MiB, `expected about 1 MiB, given ${stdout.length}`);
        assert.ok(memory.grownBytes() < 64 * MiB, `expected less than 64 MiB more memory, given ${memory.grownBytes()}`);
      },
    },
    {
      name: 'unread output waits, and is complete if it is read later',
      body: async (context) => {
        const process = await context.spawn(context.guest.longLine(8 * MiB));
        await pause(context.scaled(500));
        assert.equal((await readStream(process.stdout)).byteLength, 8 * MiB);
        assert.equal((await process.wait()).exitCode, 0);
      },
    },
    {
      name: 'wait() without a reader ends, and a later reader gets the beginning of the output and then an error',
      body: async (context) => {
        const process = await context.spawn(context.guest.longLine(8 * MiB));
        assert.equal((await process.wait()).exitCode, 0);
        let received = 0;
        await assert.rejects(async () => {
          for await (const bytes of process.stdout) received += bytes.byteLength;
        }, /dropped/);
        assert.ok(received >= MiB / 2, `expected about 1 MiB, given ${received}`);
        const short = await context.spawn(context.guest.print({ stdout: 'short' }));
        assert.equal((await short.wait()).exitCode, 0);
        assert.equal(String(await readStream(short.stdout)), 'short');
      },
    },
    {
      name: 'a reader that starts after wait() was called, and before the end, gets all output',
      body: async (context) => {
        const process = await context.spawn(context.guest.longLine(8 * MiB));
        const status = process.wait();
        assert.equal((await readStream(process.stdout)).byteLength, 8 * MiB);
        assert.equal((await status).exitCode, 0);
      },
    },
    {
      name: 'text that looks like the end of a run changes nothing [row 38]',
      body: async (context) => {
        const { stdout, stderr, exitCode } = await context.run(context.guest.print({ stdout: FORGERIES, stderr: FORGERIES, exitCode: 9 }));
        assert.deepEqual([stdout, stderr, exitCode], [FORGERIES, FORGERIES, 9]);
      },
    },
    {
      name: 'a program that writes to every other descriptor cannot forge its exit code [row 38]',
      body: async (context) => {
        const { exitCode, outcome } = await context.run(context.guest.writeToDescriptors({ text: FORGERIES, exitCode: 9 }));
        assert.deepEqual([exitCode, outcome], [9, 'failed']);
      },
    },
  ],
};
