import { createExecutor } from '@sandpod/sandpod';

await using executor = await createExecutor('embedded');

const code = 'interface Point { x: number; y: number }\nconst point: Point = { x: 3, y: 4 };\nconsole.log(Math.hypot(point.x, point.y));';
const run = await executor.runCode(code, { language: 'typescript' });
console.log(run.outcome, run.stdout.trim());

const refused = await executor.runCode('const red = 1;\nenum Color { Red }', { language: 'typescript' });
console.log(refused.outcome, '|', refused.reason);

const unknown = await executor.runCode('SELECT 1', { language: 'sql' });
console.log(unknown.outcome, '|', unknown.reason);
