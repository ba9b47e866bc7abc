import { expect, test } from 'vitest';
import { checkSource } from './check-source.ts';

const check = (owner: string, path: string, text: string): string => checkSource({ owner, path, text }).join('\n');

test('a file in its place has no problems', () => {
  const text =
    "import { z } from 'zod';\nimport { join } from 'node:path';\nimport type { Sandbox } from '@sandpod/core';\nimport { a } from './a.ts';\n";
  expect(check('embedded', 'src/host/child.ts', text)).toBe('');
});

test('core may import no other package, whatever the form of the import', () => {
  for (const text of [
    "import { x } from '@sandpod/embedded';\n",
    "import type {\n  x,\n  y,\n} from '@sandpod/embedded';\n",
    "export * from '@sandpod/embedded';\n",
    "import '@sandpod/embedded';\n",
    "const x = await import('@sandpod/embedded');\n",
    "const x = import.meta.resolve('@sandpod/embedded');\n",
    'const x = require.resolve(`@sandpod/embedded/${name}`);\n',
  ]) {
    expect(check('core', 'src/a.ts', text)).toMatch(/^imports @sandpod\/embedded.*; core may import only these packages: none/);
  }
});

test('an import in a comment does not count', () => {
  expect(
    check('core', 'src/a.ts', "/**\n * import { x } from '@sandpod/embedded';\n */\n// import '@sandpod/cli';\nexport const a = 1;\n"),
  ).toBe('');
});

test('a back end must not import another back end', () => {
  expect(check('docker', 'src/a.ts', "import { x } from '@sandpod/embedded';\n")).toContain(
    'may import only these packages: core, launcher',
  );
});

test('only the folders of engines and clients may import third-party packages', () => {
  const text = "import { Bash } from 'just-bash';\n";
  expect(check('embedded', 'src/host/a.ts', text)).toContain(
    'imports just-bash; embedded may import third-party packages only in: src/python/, src/javascript/, src/shell/, src/jq/',
  );
  expect(check('embedded', 'src/shell/a.ts', text)).toBe('');
  expect(check('launcher', 'src/a.ts', text)).toContain('only in: none');
});

test('types of a client may be used in the whole package that has the client, and nowhere else', () => {
  const text = "import type { V1Pod } from '@kubernetes/client-node';\n";
  expect(check('kubernetes', 'src/pod/a.ts', text)).toBe('');
  expect(check('kubernetes', 'src/pod/a.ts', text.replace(' type', ''))).toContain('imports @kubernetes/client-node');
  expect(check('launcher', 'src/a.ts', text)).toContain('imports @kubernetes/client-node');
});

test('tests may import vitest and the test kit, sources may not', () => {
  const text = "import { test } from 'vitest';\nimport { suite } from '@sandpod/testkit/vitest';\n";
  expect(check('embedded', 'src/a.test.ts', text)).toBe('');
  expect(check('embedded', 'src/a.ts', text)).toContain('imports vitest');
  expect(check('embedded', 'src/a.ts', text)).toContain('imports @sandpod/testkit/vitest');
});

test('a source must not import a package that only tests may import', () => {
  const text = "import { x } from '@sandpod/launcher';\n";
  expect(check('testkit', 'test/a.ts', text)).toBe('');
  expect(check('testkit', 'src/a.ts', text)).toContain('testkit may import only these packages: core');
});

test('a relative import must stay inside the package', () => {
  expect(check('cli', 'src/a.ts', "import { x } from '../../core/src/index.ts';\n")).toContain('outside the package');
  const testbed = "import { x } from '../../../testbed/service.ts';\n";
  expect(check('docker', 'src/a.ts', testbed)).toContain('outside the package');
  expect(check('docker', 'test/a.alone.test.ts', testbed)).toBe('');
});

test('an index contains only re-exports', () => {
  expect(
    check(
      'core',
      'src/index.ts',
      "/** All. */\nexport * from './a.ts';\nexport type { B } from './b.ts';\nexport {\n  c,\n  type D,\n} from './c.ts';\n",
    ),
  ).toBe('');
  expect(check('core', 'src/index.ts', "export * from './a.ts';\nexport const b = 1;\n")).toContain(
    'more than re-exports: "export const b = 1;"',
  );
});

test('a source above 250 lines is refused, a test is not', () => {
  expect(check('core', 'src/a.ts', 'export {};\n'.repeat(250))).toBe('');
  expect(check('core', 'src/a.ts', 'export {};\n'.repeat(251))).toContain('has 251 lines');
  expect(check('core', 'src/a.test.ts', 'export {};\n'.repeat(251))).toBe('');
});

test('a package that is not in the table is refused', () => {
  expect(check('surprise', 'src/a.ts', '')).toContain('surprise is not in scripts/structure/floors.ts');
});
