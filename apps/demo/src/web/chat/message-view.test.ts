import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { AnswerSource, DemoMessage } from '../../api-types.ts';
import { MessageView } from './message-view.tsx';

const output = { status: 'done', language: 'python', output: '', stdout: '', stderr: '', outcome: 'ok', files: [], results: [] } as const;

function draw(source: AnswerSource): string {
  const message: DemoMessage = {
    id: '1',
    role: 'assistant',
    metadata: { source },
    parts: [{ type: 'tool-run_code', toolCallId: '1', state: 'output-available', input: { code: 'x = 1' }, output }],
  };
  const properties = { message, isLive: false, isLast: true, session: 's', onAnswer: () => {} };
  return renderToStaticMarkup(createElement(MessageView, properties));
}

it('labels only the user’s own code as theirs', () => {
  expect(draw('person')).toContain('Your code, as is');
  for (const source of ['model', 'scripted'] as const) expect(draw(source)).not.toContain('Your code');
});
