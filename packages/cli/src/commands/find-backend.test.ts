import { expect, test } from 'vitest';
import { adviceFor } from './find-backend.ts';

const main = 'node_modules/@sandpod/cli/dist/main.js';

test.each([
  ['/home/me/.npm/_npx/0a1b/', '/home/me/work', 'Add the package to the command: npx --package @sandpod/cli --package p sandpod ...'],
  ['/usr/lib/', '/home/me/work', 'Run: npm install --global p'],
  ['/home/me/work/', '/home/me/work', 'Run: npm install p'],
  ['/home/me/work/', '/home/me/work/packages/a', 'Run: npm install p'],
  ['/home/me/work/', '/home/me/workshop', 'Run: npm install --global p'],
])('a command in %snode_modules that runs in %s is advised: %s', (place, cwd, advice) => {
  expect(adviceFor('p', { file: `${place}${main}`, cwd })).toBe(advice);
});
