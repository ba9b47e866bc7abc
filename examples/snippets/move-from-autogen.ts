import { createExecutor, toConfig } from '@sandpod/sandpod';

await using executor = await createExecutor('embedded', {
  timeoutMs: 60_000,
  policies: { html: false },
  functions: ['def add(a, b):\n    return a + b\n'],
});

const { exitCode, output, codeFile } = await executor.execute([
  { language: 'py', code: '# filename: add.py\nfrom functions import add\nprint(add(1, 2))' },
  { language: 'html', code: '<!-- filename: page.html -->\n<p>Saved, not run.</p>' },
]);

console.log(exitCode, codeFile, JSON.stringify(output));
console.log(Object.keys(toConfig(executor).options ?? {}).join());
