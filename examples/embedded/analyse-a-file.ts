import { createExecutor } from '@sandpod/sandpod';

await using executor = await createExecutor('embedded', { timeoutMs: 10_000, limits: { memoryBytes: 256 * 1024 * 1024 } });

const code = `import csv, json, statistics
rows = list(csv.DictReader(open('sales.csv')))
json.dump({'mean': statistics.mean(float(row['revenue']) for row in rows)}, open('report.json', 'w'))
print(len(rows), 'rows')`;

const result = await executor.runCode(code, {
  files: [{ path: 'sales.csv', content: 'month,revenue\nJan,10\nFeb,20\nMar,60\n' }],
  collectFiles: ['*.json'],
});

console.log(result.stdout.trim());
for (const { path, content } of result.files) console.log(path, new TextDecoder().decode(content));
console.log(executor.describe().weaknesses.length === 0 ? 'no weaknesses' : executor.describe().weaknesses);
