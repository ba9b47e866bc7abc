import { createCodeChat } from '@sandpod/agents/chat';
import { createExecutor } from '@sandpod/sandpod';
import { scriptedModel } from '../ai-sdk/scripted-model.ts';

const program = `def move(disks, source, target, spare):
    if disks == 0:
        return 0
    return move(disks - 1, source, spare, target) + 1 + move(disks - 1, spare, target, source)

print(move(10, "A", "C", "B"), "moves")`;

// You can use any AI SDK model instead.
const model = scriptedModel([
  `I write it down.\n\`\`\`python\n${program.replace('move(10', 'moves(10')}\n\`\`\``,
  `The function is called move.\n\`\`\`python\n${program}\n\`\`\``,
  'Ten disks take 1023 moves. TERMINATE',
]);

await using executor = await createExecutor('embedded');
const chat = createCodeChat({ model, executor, languages: ['python'], maxRounds: 5 });

for await (const event of chat.stream('How many moves does the Tower of Hanoi with ten disks take?')) {
  if (event.type === 'execution' && event.event.type === 'block-end')
    console.log(`  ${event.event.result.outcome}`, JSON.stringify(event.event.result.stdout));
  if (event.type === 'message') console.log(`${event.message.source}: ${event.message.text.split('\n')[0]}`);
  if (event.type === 'retry') console.log(`retry: ${event.retry}`);
  if (event.type === 'end') console.log(`${event.result.reason} after ${event.result.rounds} rounds: ${event.result.text}`);
}
