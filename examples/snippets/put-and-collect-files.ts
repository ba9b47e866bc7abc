import { createExecutor } from '@sandpod/sandpod';

await using executor = await createExecutor('embedded');

const result = await executor.runCode("text = open('in/names.txt').read()\nopen('out.txt', 'w').write(text.upper())", {
  files: [{ path: 'in/names.txt', content: 'ada\ngrace\n' }],
  collectFiles: ['*.txt'],
});

for (const file of result.files) console.log(file.path, file.mediaType, JSON.stringify(new TextDecoder().decode(file.content)));
