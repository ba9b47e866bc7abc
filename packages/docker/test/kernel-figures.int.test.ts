import type { CodeExecutor, CodeResult } from '@sandpod/core';
import { afterAll, expect, test } from 'vitest';
import { DockerCommandLineCodeExecutor } from '../src/index.ts';

/** An image with matplotlib, pandas and IPython. */
const executor: CodeExecutor = new DockerCommandLineCodeExecutor({ image: 'testbed/jupyter:1', state: 'kernel', timeoutMs: 120_000 });
afterAll(() => executor.stop());

const PNG = /^iVBORw0KGgo/;

async function run(code: string): Promise<CodeResult> {
  const result = await executor.runCode(code);
  expect(result.outcome, `${result.reason}\n${result.output}`).toBe('ok');
  return result;
}

test('figures are shown once, without savefig, and closed', async () => {
  const plotted = await run('import matplotlib.pyplot as plt\nplt.plot([1, 2]);');
  expect(plotted.results).toEqual([
    { data: { 'image/png': expect.stringMatching(PNG), 'text/plain': '<Figure size 640x480 with 1 Axes>' }, isMainResult: false },
  ]);
  const shown = await run('for _ in range(2): plt.figure(); plt.plot([1])\nplt.show()\nplt.get_fignums()');
  expect(shown.results.map(({ data }) => Object.keys(data)[0])).toEqual(['image/png', 'image/png', 'text/plain']);
  const value = await run('figure, axes = plt.subplots()\nfigure');
  expect(value.results).toMatchObject([{ data: { 'image/png': expect.stringMatching(PNG) }, isMainResult: true }]);
}, 120_000);

test('a figure is also shown if the code fails', async () => {
  const failed = await executor.runCode('import matplotlib.pyplot as plt\nplt.figure(); plt.plot([1])\n1/0');
  expect(failed.blocks[0]?.error?.name).toBe('ZeroDivisionError');
  expect(failed.results).toHaveLength(1);
}, 120_000);

test('tables and pictures have several representations', async () => {
  const table = await run('import pandas as pd\npd.DataFrame({"a": [1, 2]})');
  expect(table.results[0]?.data).toEqual({ 'text/html': expect.stringContaining('<table'), 'text/plain': '   a\n0  1\n1  2' });
  const picture = await run('from PIL import Image\nImage.new("RGB", (2, 2))');
  expect(picture.results[0]?.data).toMatchObject({ 'image/png': expect.stringMatching(PNG) });
}, 120_000);

test("IPython's syntax and displays work where it is installed", async () => {
  expect((await run('!echo out; echo err >&2')).stdout).toBe('out\n');
  expect((await run('%%bash\necho from bash')).stdout).toBe('from bash\n');
  expect((await run('lines = !printf "a\\nb"\nlen(lines)')).results[0]?.data).toEqual({ 'text/plain': '2' });
  const displayed = await run(
    'from IPython.display import HTML, display\nhandle = display(HTML("<b>1</b>"), display_id=True)\nhandle.update(HTML("<b>2</b>"))',
  );
  expect(displayed.results).toMatchObject([{ data: { 'text/html': '<b>2</b>' }, displayId: expect.any(String) }]);
}, 120_000);
