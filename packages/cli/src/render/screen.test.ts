import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { OutputSink } from './output-sink.ts';
import { Screen, type ScreenOptions } from './screen.ts';

/** A screen whose two streams are written to the same text, as on a terminal. */
function openScreen(options: Partial<ScreenOptions> & { readonly isTTY?: boolean } = {}): {
  readonly screen: Screen;
  readonly shown: () => string;
} {
  const { isTTY = true, ...rest } = options;
  const texts: string[] = [];
  const { signal: abortSignal } = new AbortController();
  const sink = (): OutputSink => {
    const stream = new PassThrough();
    stream.on('data', (chunk: Buffer) => texts.push(chunk.toString()));
    return new OutputSink(Object.assign(stream, { isTTY }), { onFailure: () => {}, abortSignal });
  };
  const defaults = { isQuiet: false, isVerbose: false, hasColors: false, canRewrite: true };
  const screen = new Screen({ stdout: sink(), stderr: sink(), ...defaults, ...rest });
  return { screen, shown: () => texts.join('') };
}

test('a message starts on a new line, whichever stream the guest wrote to', async () => {
  const { screen, shown } = openScreen();
  await screen.guest('stdout', 'no line end');
  await screen.line('ours');
  await screen.guest('stderr', 'line end\n');
  await screen.notice('ours');
  expect(shown()).toBe('no line end\nours\nline end\nsandpod: ours\n');
});

test('progress is removed before anything else is shown, and never interrupts a line of the guest', async () => {
  const { screen, shown } = openScreen();
  void screen.progress('pulling');
  await screen.progress('starting');
  await screen.guest('stdout', 'half');
  await screen.progress('late');
  await screen.clearProgress();
  expect(shown()).toBe('pulling\r\u001b[Kstarting\r\u001b[Khalf');
});

test('a terminal that cannot clear a line shows no progress', async () => {
  const { screen, shown } = openScreen({ canRewrite: false });
  await screen.progress('pulling');
  expect(shown()).toBe('');
});

test('a terminal gets guest text without control sequences, even if a sequence arrives in pieces', async () => {
  const { screen, shown } = openScreen();
  for (const piece of ['a\u001b', ']52;c;', 'eA==\u0007b\u001b[', '2Jc\n']) await screen.guest('stdout', piece);
  await screen.endGuest();
  expect(shown()).toBe('abc\n');
});

test('files and pipes get guest text as is, without progress', async () => {
  const { screen, shown } = openScreen({ isTTY: false });
  await screen.progress('pulling');
  await screen.line('header');
  await screen.guest('stdout', '\u001b[2J\r');
  expect(shown()).toBe('\u001b[2J\r');
});

test('guest text in a message cannot control the terminal or pass for a message of the command', async () => {
  const { screen, shown } = openScreen();
  await screen.notice('file "\u001b[31mx\u001b]0;t\u0007\nsandpod: ok" was not saved');
  expect(shown()).toBe('sandpod: file "x sandpod: ok" was not saved\n');
});

test('--verbose shows progress and --quiet does not, wherever the output goes', async () => {
  const verbose = openScreen({ isTTY: false, isVerbose: true });
  await verbose.screen.progress('pulling');
  await verbose.screen.line('header');
  expect(verbose.shown()).toBe('pulling\nheader\n');
  const quiet = openScreen({ isQuiet: true });
  await quiet.screen.progress('pulling');
  await quiet.screen.line('header');
  await quiet.screen.notice('failed');
  expect(quiet.shown()).toBe('');
});
