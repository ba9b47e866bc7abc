import { codeTool } from '@sandpod/agents/ai-sdk';
import { createCodeRunner } from '@sandpod/agents/chat';
import { codeTool as langchainTool } from '@sandpod/agents/langchain';
import type { Description } from '@sandpod/core';
import { EmbeddedCommandLineCodeExecutor } from '@sandpod/embedded';
import { generateText, isStepCount } from 'ai';
import { afterAll, expect, test } from 'vitest';
import { describeExecutor } from '../src/shared/describe-executor.ts';
import { resultText } from '../src/shared/result-text.ts';
import { scriptedModel, toolResultsSeen } from './ai-sdk/scripted-model.ts';

const executor = new EmbeddedCommandLineCodeExecutor();
afterAll(() => executor.stop());

const NUMPY = 'import numpy';
const HINT = 'Hint: Python has only its standard library here. Use lists, math, statistics and fractions.';

async function textOf(language: string, code: string): Promise<string> {
  return resultText(await executor.runCode(code, { language }), executor.describe());
}

test.each([
  ['python', NUMPY, HINT],
  ['python', 'import tkinter', 'Hint: The sandbox has no screen. Write pictures as SVG files.'],
  ['python', 'import urllib.request as u; u.urlopen("https://example.com")', 'Hint: The sandbox has no network. Work with files'],
  ['python', 'import os; os.system("ls") and None; import subprocess; subprocess.run(["ls"])', 'Run commands in an sh block.'],
  ['python', 'import threading; threading.Thread(target=print).start()', 'Hint: The sandbox has one thread only. Call functions'],
  ['javascript', 'require("express")', 'Hint: The sandbox has no network.'],
  ['javascript', 'import _ from "lodash"', 'Hint: Npm packages are not available here. Use the basic modules of Node'],
  ['javascript', 'await fetch("https://example.com")', 'Hint: The sandbox has no network.'],
  ['sh', 'echo 1+1 | bc', 'Hint: It is not part of the sandbox. Use $(( )), awk or python3 -c.'],
  ['sh', 'pip install numpy', 'Hint: The sandbox has no package index. Use what is there'],
  ['sh', '/usr/bin/curl https://example.com', 'Hint: The sandbox has no network.'],
  ['sh', 'python3 -c "import numpy"', HINT],
])('after the failure of %s %j, the text contains a hint', async (language, code, hint) => {
  const text = await textOf(language, code);
  expect(text).toContain(hint);
  expect(text.indexOf('Hint:')).toBeLessThan(text.indexOf('Output:'));
});

test.each([
  ['python', 'print("No module named numpy")'],
  ['python', 'import json; json.loads("{")'],
  ['python', 'open("missing.txt")'],
  ['javascript', 'require("./helper")'],
  ['sh', 'cat missing.txt'],
])('after %s %j, the text contains no hint', async (language, code) => {
  expect(await textOf(language, code)).not.toContain('Hint:');
});

/** A back end that does not describe its environment. */
class UndescribedExecutor extends EmbeddedCommandLineCodeExecutor {
  override describe(): Description {
    const { environment: _, ...description } = super.describe();
    return description;
  }
}

test('without a description of the environment, there is no hint, and the tool advises to check packages', async () => {
  await using undescribed = new UndescribedExecutor();
  const text = resultText(await undescribed.runCode(NUMPY), undescribed.describe());
  expect(text).toContain("No module named 'numpy'");
  expect(text).not.toContain('Hint:');
  expect(describeExecutor(undescribed)).toContain('check that it is installed');
});

test('the description for models contains what is missing and the limits, in less than 1,200 characters', () => {
  const text = describeExecutor(executor, { timeoutMs: 60_000 });
  expect(text).toMatch(/no numpy.*SVG.*QuickJS.*no npm packages.*no curl.*memory \(512 MiB\)/s);
  expect(text).not.toContain('check that it is installed');
  expect(text.length).toBeLessThan(1_200);
});

test('the adapters show the hint to the model', async () => {
  const model = scriptedModel([[{ toolName: 'run_code', input: { code: NUMPY } }], 'done']);
  await generateText({ model, tools: { run_code: codeTool(executor) }, stopWhen: isStepCount(2), prompt: 'x' });
  expect(JSON.stringify(toolResultsSeen(model))).toContain(HINT);

  const { text } = await createCodeRunner({ executor }).reply([{ source: 'writer', text: `\`\`\`python\n${NUMPY}\n\`\`\`` }]);
  expect(text).toContain(HINT);

  const answer: unknown = await langchainTool(executor).invoke({ code: NUMPY, language: 'python' });
  expect(answer).toContain(HINT);
});
