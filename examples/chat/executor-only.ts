import { createCodeRunner } from '@sandpod/agents/chat';
import { createExecutor } from '@sandpod/sandpod';

await using executor = await createExecutor('embedded');
const runner = createCodeRunner({ executor, languages: ['python'] });

const { status, text } = await runner.reply([{ source: 'writer', text: '```python\nprint(6 * 7)\n```\n```sh\nls\n```' }]);
console.log(`${status}\n${text}`);
