import { expect, it } from 'vitest';
import { ScriptedModel } from './scripted-model.ts';

const code = 'x = 1\n'.repeat(40_000);

async function deltasOf(pauseMs: number, stopAfter: number): Promise<string[]> {
  const model = new ScriptedModel({ name: 'typed', script: () => ({ code: { code, language: 'python' } }), pauseMs });
  const { stream } = await model.doStream({ prompt: [] });
  const deltas: string[] = [];
  for await (const part of stream) {
    if (part.type === 'tool-input-delta') deltas.push(part.delta);
    if (deltas.length === stopAfter) break;
  }
  return deltas;
}

it('writes code in small pieces, so that users can read along', async () => {
  expect((await deltasOf(1, 2)).join('')).toMatch(/^\{"language":"python","code":"x = 1\\n/);
});

it('without a pause, sends code in one piece, because readers parse the whole text again for every piece', async () => {
  expect(await deltasOf(0, 2)).toEqual([JSON.stringify({ language: 'python', code })]);
});
