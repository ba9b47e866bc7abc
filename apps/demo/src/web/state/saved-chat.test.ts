import { describe, expect, it } from 'vitest';
import type { DemoMessage } from '../../api-types.ts';
import { fitChat, type SavedChat, withoutPictures } from './saved-chat.ts';

function answer(id: string, data: string): DemoMessage {
  const files = [{ path: 'chart.svg', size: 9, mediaType: 'image/svg+xml', data }];
  const output = { status: 'done', language: 'python', output: 'x', stdout: 'x', stderr: '', files, results: [] } as const;
  return {
    id,
    role: 'assistant',
    parts: [{ type: 'tool-run_code', toolCallId: id, state: 'output-available', input: { code: '1' }, output }],
  };
}

const chat = (messages: readonly DemoMessage[]): SavedChat => ({ version: 1, messages, notices: [] });

describe('fitChat', () => {
  it('does not change a chat that fits', () => {
    const small = chat([answer('1', 'abc')]);
    expect(fitChat(small, 10_000)).toBe(small);
  });

  it('first removes images', () => {
    const fitted = fitChat(chat([answer('1', 'a'.repeat(5_000)), answer('2', 'b')]), 2_000);
    expect(fitted.messages.map(({ id }) => id)).toEqual(['1', '2']);
    expect(JSON.stringify(fitted)).not.toContain('aaa');
  });

  it('then removes the oldest messages, but never the newest', () => {
    const messages = Array.from({ length: 20 }, (_, index) => answer(String(index), ''));
    expect(fitChat(chat(messages), 1_500).messages.at(-1)?.id).toBe('19');
    expect(JSON.stringify(fitChat(chat(messages), 1_500)).length).toBeLessThanOrEqual(1_500);
    expect(fitChat(chat(messages), 1).messages).toHaveLength(1);
  });
});

describe('withoutPictures', () => {
  it('keeps the facts about a file', () => {
    const [part] = withoutPictures(answer('1', 'abc')).parts;
    expect(part).toMatchObject({ output: { files: [{ path: 'chart.svg', size: 9, mediaType: 'image/svg+xml' }] } });
    expect(JSON.stringify(part)).not.toContain('abc');
  });
});
