import { createExecutor } from '@sandpod/sandpod';

await using executor = await createExecutor('embedded', { timeoutMs: 5_000 });

const wrong = await executor.runCode('print("so far")\nprint(1 / 0)');
console.log(wrong.outcome, wrong.exitCode);
console.log(wrong.stdout.trim(), '|', wrong.stderr.trim().split('\n').at(-1));
console.log(wrong.reason);

const endless = await executor.runCode('while True: pass');
console.log(endless.outcome, endless.exitCode);
console.log(endless.reason);
