import { createCodeChat } from '@sandpod/agents/chat';
import { createExecutor } from '@sandpod/sandpod';
import { scriptedModel } from '../ai-sdk/scripted-model.ts';

const model = scriptedModel(['```sh\nrm -rf data\n```', 'Then I leave it. TERMINATE']);

await using executor = await createExecutor('embedded');
const chat = createCodeChat({
  model,
  executor,
  // The function may ask a person and resolve later. Without a clear yes, the code does not run.
  approve: async ({ markdown, messages }) => {
    console.log(`${messages.length} messages, now ${JSON.stringify(markdown)}`);
    return { approved: false, reason: 'Nothing is deleted here.' };
  },
});

const { messages } = await chat.run('Tidy up.');
console.log(messages.find(({ source }) => source === 'executor')?.text);
