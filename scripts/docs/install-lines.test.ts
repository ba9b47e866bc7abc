import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const pages = globSync(['README.md', 'docs/*.md', 'packages/*/README.md'], { cwd: root });
const INSTALLS = /^(?:npm install\b.*@sandpod\/|npx (?:-y )?@sandpod\/)|"command": "npx"/m;

test.each(pages.filter((page) => INSTALLS.test(readFileSync(join(root, page), 'utf8'))))(
  '%s installs packages, and says that they are not published yet',
  (page) => {
    expect(readFileSync(join(root, page), 'utf8')).toMatch(/packages are not published yet/);
  },
);
