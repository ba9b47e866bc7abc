import { expect, test } from 'vitest';
import { shortenTraces } from './shorten-traces.ts';

test.each([
  ['  File "/workspace/tmp_code_f41ea4c7.py", line 3, in <module>', '  File "code.py", line 3, in <module>'],
  ['  File "/usr/lib/python3.11/json/decoder.py", line 337, in decode', '  File "json/decoder.py", line 337, in decode'],
  ['  File "/opt/venv/lib/python3.12/site-packages/pandas/io.py", line 1', '  File "pandas/io.py", line 1'],
  ['/workspace/tmp_code_974a5ca4.js:1', 'code.js:1'],
  ['    at f (file:///home/me/work/tmp_code_974a5ca4.mjs:1:25)', '    at f (code.mjs:1:25)'],
  ['/workspace/tmp_code_577f99c7.sh: 1: curl: not found', 'code.sh: 1: curl: not found'],
  ['TypeError: x\n    at Module.load (node:internal/modules/cjs/loader:1203:32)\nNode.js v18', 'TypeError: x\nNode.js v18'],
  ['  File "/workspace/helper.py", line 3', '  File "/workspace/helper.py", line 3'],
  ['open("/usr/lib/python3.11/os.py")', 'open("/usr/lib/python3.11/os.py")'],
])('%j becomes %j', (text, short) => {
  expect(shortenTraces(text)).toBe(short);
});

test('takes little time for text that looks like paths and frames', () => {
  const startMs = performance.now();
  for (const piece of ['/a', '/', '    at x\n', '  File "/', 'tmp_code_', '    at node:internal/', ' '])
    shortenTraces(piece.repeat(200_000 / piece.length));
  expect(performance.now() - startMs).toBeLessThan(5_000);
});
