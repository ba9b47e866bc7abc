import { createExecutor } from '@sandpod/sandpod';

const CSV = 'region,amount\nnorth,120\nsouth,80\nnorth,60\nsouth,40\n';

await using executor = await createExecutor('docker', {
  // The image from the page, or another image with pandas and matplotlib.
  image: process.env['IMAGE'] ?? 'code-interpreter',
  state: 'kernel',
  limits: { memoryBytes: 1024 * 1024 * 1024 },
});

await executor.runCode("import pandas as pd\nsales = pd.read_csv('sales.csv')", { files: [{ path: 'sales.csv', content: CSV }] });

const table = await executor.runCode("totals = sales.groupby('region').amount.sum()\ntotals.to_frame()");
console.log(table.results[0]?.data['text/plain']);
console.log('as HTML too:', 'text/html' in (table.results[0]?.data ?? {}));

const chart = await executor.runCode("totals.plot.bar(title='Sales by region');");
console.log(chart.outcome, chart.results.map(({ data }) => Object.keys(data).join()).join());
