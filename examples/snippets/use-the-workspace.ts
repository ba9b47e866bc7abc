import { createExecutor } from '@sandpod/sandpod';

await using executor = await createExecutor('embedded');
const { files } = executor;
if (files === undefined) throw new Error('this executor keeps no files');

await files.writeTextFile({ path: 'notes/today.txt', content: 'one\ntwo\nthree\n' });
await executor.runCode("open('notes/today.txt', 'a').write('four\\n')");

console.log(JSON.stringify(await files.readTextFile({ path: 'notes/today.txt', startLine: 3 })));
console.log(await files.readTextFile({ path: 'notes/missing.txt' }));
console.log((await files.listDirectory({ path: 'notes' }))?.map((entry) => entry.name));
