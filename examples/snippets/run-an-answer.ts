import { extractCodeBlocks } from '@sandpod/core';
import { createExecutor } from '@sandpod/sandpod';

const answer = `First write the data, then count the lines.

\`\`\`python
# filename: write_data.py
with open('data.csv', 'w') as file:
    file.writelines(f'{n},{n * n}\\n' for n in range(5))
\`\`\`

\`\`\`sh
# filename: count.sh
wc -l < data.csv
\`\`\`
`;

await using executor = await createExecutor('embedded');
const result = await executor.execute(extractCodeBlocks(answer));

for (const block of result.blocks) console.log(block.language, block.codeFile, block.outcome, JSON.stringify(block.stdout));
