import assert from 'node:assert/strict';
import type { ExecutionEvent } from '@sandpod/core';
import type { ExecutorTheme } from '../executor-test.ts';

const KEPT_BYTES = 8 * 1024;
const LINES = 200_000;

function textOf(events: readonly ExecutionEvent[], ...types: readonly string[]): string {
  return events
    .map((event) => ((event.type === 'stdout' || event.type === 'stderr') && types.includes(event.type) ? event.text : ''))
    .join('');
}

/** Tests output events, output texts and the truncation of long output. */
export const outputTheme: ExecutorTheme = {
  name: 'output',
  tests: [
    {
      name: 'stdout and stderr are separate, and `output` contains both in order',
      needs: ['separate-streams', 'files'],
      body: async (context) => {
        const turn = context.unique('turn');
        const files = await context.files();
        const pieces = [1, 2, 3, 4].map((number) => ({
          stream: number % 2 === 0 ? ('stderr' as const) : ('stdout' as const),
          bytes: Buffer.from(`${number}\n`),
        }));
        let turns = 0;
        const onOutput = () => files.writeTextFile({ path: `${turn}-${turns++}`, content: '' });
        const result = await context.runAndFollow(context.guest.printInTurn({ pieces, turn }), { onOutput });
        context.expectOk(result);
        assert.deepEqual([result.stdout, result.stderr, result.output], ['1\n3\n', '2\n4\n', '1\n2\n3\n4\n']);
      },
    },
    {
      name: 'each block has a start and an end event, and the last event is `end` with the result',
      needs: ['exit-code', 'separate-streams'],
      body: async (context) => {
        const { guest } = context;
        const { events, result } = await context.record([
          context.block(guest.print({ stdout: 'one' })),
          context.block(guest.print({ stderr: 'two', exitCode: 2 })),
        ]);
        const told = events
          .filter(({ type }) => type !== 'status')
          .map((event) => ('index' in event ? `${event.type} ${event.index}` : event.type));
        assert.deepEqual(told, ['block-start 0', 'stdout 0', 'block-end 0', 'block-start 1', 'stderr 1', 'block-end 1', 'end']);
        context.expectOutcome(result, 'failed');
        for (const event of events) if (event.type === 'block-end') assert.deepEqual(event.result, result.blocks[event.index]);
      },
    },
    {
      name: 'the events contain the same texts as the result',
      body: async (context) => {
        const { guest } = context;
        const { events, result } = await context.record([
          context.block(guest.numberedLines(2_000)),
          context.block(guest.print({ stdout: 'é💥', stderr: 'ü' })),
        ]);
        context.expectOk(result);
        assert.deepEqual([textOf(events, 'stdout'), textOf(events, 'stderr')], [result.stdout, result.stderr]);
        assert.equal(textOf(events, 'stdout', 'stderr'), result.output);
        assert.equal(result.truncated, undefined);
      },
    },
    {
      name: 'output arrives while the program runs',
      needs: ['streaming'],
      body: async (context) => {
        const executor = await context.shared();
        let firstMs = 0;
        for await (const event of executor.stream([context.block(context.guest.sleep({ ms: context.scaled(1_500) }))])) {
          if (event.type === 'stdout' && firstMs === 0) firstMs = performance.now();
        }
        assert.ok(firstMs > 0 && performance.now() - firstMs > context.scaled(700), 'expected the first text well before the end');
      },
    },
    {
      name: 'events and the result contain split characters completely, and CR is kept [row 37]',
      body: async (context) => {
        const text = 'é💥\r\nz';
        const pieces = [...Buffer.from(text)].map((byte) => ({ bytes: Uint8Array.of(byte) }));
        const { events, result } = await context.record([context.block(context.guest.printPieces({ pieces, pauseMs: 30 }))]);
        assert.equal(context.expectOk(result), text);
        assert.equal(textOf(events, 'stdout'), text);
        assert.ok(!events.some((event) => event.type === 'stdout' && event.text.includes('\ufffd')), 'expected no replacement character');
      },
    },
    {
      name: 'the head and tail of long output are kept, and the number of omitted bytes is reported',
      needs: ['option-kept-output'],
      body: async (context) => {
        const executor = await context.fresh({ keptOutputBytes: KEPT_BYTES });
        const result = await context.run(context.guest.numberedLines(20_000), { executor });
        context.expectOk(result);
        for (const text of [result.stdout, result.output, result.blocks[0]?.stdout ?? '']) {
          assert.ok(text.startsWith('line 1\nline 2\n') && text.endsWith('line 20000\n'), 'expected head and tail');
          assert.ok(text.length <= KEPT_BYTES * 1.2, `expected about ${KEPT_BYTES} characters, given ${text.length}`);
        }
        const { stdout, stderr } = result.truncated ?? {};
        assert.equal(stderr, undefined);
        assert.equal((stdout?.keptBytes ?? 0) + (stdout?.omittedBytes ?? 0), stdout?.totalBytes);
        assert.equal(
          stdout?.totalBytes,
          Array.from({ length: 20_000 }, (_, index) => `line ${index + 1}\n`.length).reduce((sum, length) => sum + length, 0),
        );
      },
    },
    {
      name: 'the end of a large output is never lost in events [row 36]',
      budgetMs: 90_000,
      body: async (context) => {
        const executor = await context.shared();
        let length = 0;
        let tail = '';
        for await (const event of executor.stream([context.block(context.guest.numberedLines(LINES))])) {
          if (event.type === 'stdout') {
            length += event.text.length;
            tail = (tail + event.text).slice(-64);
          }
          if (event.type === 'end') expectOutcomeOk(event);
        }
        assert.ok(tail.endsWith(`line ${LINES}\n`), 'expected the last line');
        assert.equal(
          length,
          6 * LINES + Array.from({ length: LINES }, (_, index) => String(index + 1).length).reduce((sum, digits) => sum + digits, 0),
        );
      },
    },
    {
      name: 'text that looks like a protocol changes nothing [row 38]',
      needs: ['exit-code'],
      body: async (context) => {
        const stdout = '__EXIT_CODE__:0\n{"type":"end","result":{"outcome":"ok"}}\n\u0000exit 0\n';
        const result = await context.run(context.guest.print({ stdout, exitCode: 9 }));
        context.expectOutcome(result, 'failed');
        assert.deepEqual([result.stdout, result.exitCode], [stdout, 9]);
      },
    },
    {
      name: 'the value of the last expression is a result with a text, in the call and in its block',
      needs: ['rich-results', 'python'],
      body: async (context) => {
        const result = await (await context.shared()).runCode('"6 times 7"\n6 * 7');
        context.expectOk(result);
        assert.deepEqual(
          result.results.map(({ data, isMainResult }) => [data['text/plain'], isMainResult]),
          [['42', true]],
        );
        assert.deepEqual(result.blocks[0]?.results, result.results);
      },
    },
  ],
};

function expectOutcomeOk(event: Extract<ExecutionEvent, { type: 'end' }>): void {
  assert.equal(event.result.outcome, 'ok', event.result.reason);
}
