import { CodeExecutionLanguage } from '@google/adk';
import { expect, test } from 'vitest';
import { findAnswerCode } from './find-answer-code.ts';

function find(...texts: string[]): ReturnType<typeof findAnswerCode> {
  return findAnswerCode({ role: 'model', parts: texts.map((text) => ({ text })) });
}

test.each([
  ['```python\nx = 1\n```', 'x = 1\n', CodeExecutionLanguage.PYTHON],
  ['~~~py\nx = 1\n~~~', 'x = 1\n', CodeExecutionLanguage.PYTHON],
  ['```Python3.11\nx = 1\n```', 'x = 1\n', CodeExecutionLanguage.PYTHON],
  ['```tool_code\r\nx = 1\r\n```\r\n', 'x = 1\n', CodeExecutionLanguage.PYTHON],
  ['````python\n"""\n```\nnested\n```\n"""\n````', '"""\n```\nnested\n```\n"""\n', CodeExecutionLanguage.PYTHON],
  ['```json\n{}\n```\n```bash\nls\n```', 'ls\n', CodeExecutionLanguage.SHELL],
  ['```javascript\nlet x\n', 'let x\n', CodeExecutionLanguage.JAVASCRIPT],
])('finds the exact code in %j', async (text, code, language) => {
  expect(await find(text)).toMatchObject({ code, language });
});

test.each(['no code', '```\nno language\n```', '```python\n\n```', '`python x`', '```cobol\nMOVE\n```', '```constructor\nx\n```'])(
  'finds no code in %j',
  async (text) => {
    expect(await find(text)).toBeUndefined();
  },
);

test('the answer ends with its code: Python as executable code, other languages in a fence that is long enough', async () => {
  const text = (language: string): string => `Before.\n\n\`\`\`\`${language}\nprint("\`\`\`")\n\`\`\`\`\nAfter: 17`;
  const answer = async (language: string): Promise<unknown> => (await find(text(language)))?.content;
  const executableCode = { code: 'print("```")\n', language: 'PYTHON' };
  expect(await answer('python')).toEqual({ role: 'model', parts: [{ text: 'Before.' }, { executableCode }] });
  expect(await answer('tool_code')).toEqual({ role: 'model', parts: [{ text: 'Before.' }, { executableCode }] });
  expect(await answer('bash')).toEqual({ role: 'model', parts: [{ text: 'Before.\n````bash\nprint("```")\n````' }] });
  expect((await find('```python\nx = 1\n```'))?.content.parts).toEqual([{ executableCode: { code: 'x = 1\n', language: 'PYTHON' } }]);
});

test('a long line before the code takes time in proportion to its length', async () => {
  const before = 'word '.repeat(200_000);
  const startMs = performance.now();
  const { content } = (await find(`${before}\n\n\`\`\`python\nx = 1\n\`\`\``)) ?? {};
  expect(performance.now() - startMs).toBeLessThan(2_000);
  expect(content?.parts?.[0]?.text).toBe(before.trimEnd());
  expect(content?.parts?.[1]?.executableCode?.code).toBe('x = 1\n');
});

test('code in thoughts is ignored, and a tool call comes first', async () => {
  const code = '```python\nx = 1\n```';
  expect(await findAnswerCode({ parts: [{ text: code, thought: true }] })).toBeUndefined();
  expect(await findAnswerCode({ parts: [{ text: code }, { functionCall: { name: 'f', args: {} } }] })).toBeUndefined();
});

test('executable code parts run, unless their result is already there', async () => {
  const parts = [{ text: 'Look' }, { executableCode: { code: 'x = 1' } }, { text: 'after' }];
  expect(await findAnswerCode({ parts })).toMatchObject({
    code: 'x = 1',
    content: { parts: [{ text: 'Look' }, { executableCode: { code: 'x = 1' } }] },
  });
  expect(await findAnswerCode({ parts: [{ executableCode: { code: 'x = 1' } }, { codeExecutionResult: { output: '' } }] })).toBeUndefined();
  expect(await findAnswerCode(undefined)).toBeUndefined();
});
