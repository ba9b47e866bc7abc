import { expect, test } from 'vitest';
import { Exchange } from './exchange.ts';
import { LauncherRefusal } from './launcher-failure.ts';

type Line = readonly [stream: 'stdout' | 'stderr', text: string];

/** What a launcher says after the nonce, in order. */
async function receive(exchange: Exchange, lines: readonly Line[]): Promise<void> {
  for (const [stream, text] of lines) await exchange.receive({ stream, bytes: Buffer.from(`${exchange.nonce}${text}\n`) });
}

const OPEN: readonly Line[] = [
  ['stderr', '+7 1'],
  ['stdout', '+7 1'],
];
const CLOSE: readonly Line[] = [
  ['stdout', '-'],
  ['stderr', '-0 0 0'],
];

test('an answer lies between its lines on both streams', async () => {
  const data: string[] = [];
  const exchange = new Exchange(({ bytes }) => void data.push(Buffer.from(bytes).toString()));
  await exchange.receive({ stream: 'stdout', bytes: Buffer.from('before') });
  await receive(exchange, OPEN);
  await exchange.receive({ stream: 'stdout', bytes: Buffer.from('inside') });
  await receive(exchange, [...CLOSE, ['stderr', '~']]);
  await exchange.receive({ stream: 'stdout', bytes: Buffer.from('after') });
  expect([await exchange.begun, await exchange.ended, data]).toEqual(['7 1', '0 0 0', ['inside']]);
  await exchange.idle;
});

test('an end without a beginning is a refusal, never a result', async () => {
  for (const lines of [CLOSE, CLOSE.toReversed(), [['stderr', '+7 1'] as const, ...CLOSE], [['stdout', '+7 1'] as const, ...CLOSE]]) {
    const exchange = new Exchange();
    await receive(exchange, lines);
    await expect(exchange.ended).rejects.toBeInstanceOf(LauncherRefusal);
  }
});

test('a program that a signal ended between its two opening lines has ended', async () => {
  const killed: readonly Line[] = [
    ['stdout', '-'],
    ['stderr', '-143 0 0'],
  ];
  for (const lines of [
    [['stdout', '+7 1'] as const, ...killed],
    [['stderr', '+7 1'] as const, ...killed.toReversed()],
  ]) {
    const exchange = new Exchange();
    await receive(exchange, lines);
    expect([await exchange.begun, await exchange.ended]).toEqual(['7 1', '143 0 0']);
  }
  const unopened = new Exchange();
  await receive(unopened, killed);
  await expect(unopened.ended).rejects.toBeInstanceOf(LauncherRefusal);
});

test('a cause of a refusal counts although standard output ended first', async () => {
  const exchange = new Exchange();
  await receive(exchange, [
    ['stdout', '-'],
    ['stderr', '!program'],
    ['stderr', '-'],
  ]);
  await expect(exchange.begun).rejects.toMatchObject({ problem: 'program' });
});

test('lines that a launcher never sends at their point break the connection', async () => {
  const wrong: readonly (readonly Line[])[] = [
    [...OPEN, ['stdout', '+7 1']],
    [...OPEN, ['stderr', '+8 1']],
    [...OPEN, ...CLOSE, ['stderr', '-1 0 0']],
    [...OPEN, ...CLOSE, ['stdout', '+7 1']],
    [['stdout', '~']],
    [['stdout', '!missing']],
    [['stderr', '']],
    [['stderr', '?']],
  ];
  for (const lines of wrong) await expect(receive(new Exchange(), lines), JSON.stringify(lines)).rejects.toThrow('out of order');
});

test('the word of a refusal is one of the launcher, and its index a number', () => {
  expect(new LauncherRefusal('full 3')).toMatchObject({ problem: 'full', index: 3 });
  for (const payload of ['', '__proto__', 'full x', 'full 99999999', 'a b c', 'X'.repeat(200)])
    expect(new LauncherRefusal(payload)).toMatchObject({ problem: 'unknown', index: 0 });
});
