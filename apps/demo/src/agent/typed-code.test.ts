import { describe, expect, it } from 'vitest';
import type { CallReport } from './turn.ts';
import { typedCode, typedCodeScript } from './typed-code.ts';

const languages = [
  { id: 'python', aliases: ['py'], policy: 'run' },
  { id: 'bash', aliases: [], policy: 'run' },
  { id: 'html', aliases: [], policy: 'save' },
] as const;

function report(change: Partial<CallReport> = {}): CallReport {
  return { isDenied: false, isOk: true, text: 'The code ran (POSIX exit code: 0).', output: '', ...change };
}

describe('typedCode', () => {
  it('finds fenced code, and treats a fence without a language as Python', () => {
    expect(typedCode('Look:\n```\n1\n```\n~~~Bash\nls\n~~~')).toEqual([
      { code: '1\n', language: 'python' },
      { code: 'ls\n', language: 'Bash' },
    ]);
  });

  it.each(['no code at all', '`inline` only', '```python\n\n```'])('finds none in %j', (text) => {
    expect(typedCode(text)).toEqual([]);
  });
});

describe('typedCodeScript', () => {
  const script = typedCodeScript(typedCode('```PY\nprint(1)\n```\n```bash\nls\n```'), { languages });

  it('runs block after block under the names that the executor uses', () => {
    expect(script({ request: '', reports: [] })).toEqual({ code: { code: 'print(1)\n', language: 'python' } });
    expect(script({ request: '', reports: [report()] })).toEqual({ code: { code: 'ls\n', language: 'bash' } });
    expect(script({ request: '', reports: [report(), report()] }).text).toContain('ran as is');
  });

  it('ends after a failure and after a denial', () => {
    expect(script({ request: '', reports: [report({ isOk: false })] }).text).toContain('The remaining block did not run.');
    expect(script({ request: '', reports: [report({ isOk: false, isDenied: true })] }).text).toContain('because you denied it');
  });

  it('does not pretend to run what the sandbox only saves', () => {
    const saved = typedCodeScript(typedCode('```html\n<p>\n```'), { languages });
    expect(saved({ request: '', reports: [] })).toEqual({ text: expect.stringContaining('`python`, `bash`') });
  });

  it('reports the blocks after a block that the sandbox does not run', () => {
    const mixed = typedCodeScript(typedCode('```py\n1\n```\n```ruby\n2\n```\n```py\n3\n```\n```py\n4\n```'), { languages });
    const { text } = mixed({ request: '', reports: [report()] });
    expect(text).toMatch(/"ruby".* The remaining 2 blocks did not run\.$/);
  });
});
