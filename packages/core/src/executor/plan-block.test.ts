import { describe, expect, it } from 'vitest';
import { CodeFileNames } from '../blocks/code-file-name.ts';
import type { CodeBlock } from '../contract/code-block.ts';
import { BUILTIN_LANGUAGES } from '../languages/builtin-languages.ts';
import { LanguageRegistry } from '../languages/language-registry.ts';
import { type BlockPlan, planBlock } from './plan-block.ts';
import type { Session } from './session.ts';

const PROGRAMS: Readonly<Record<string, [string, ...string[]]>> = {
  python: ['python3'],
  sh: ['sh'],
  javascript: ['node'],
  typescript: ['node'],
  powershell: ['pwsh', '-File'],
};

function plan(
  block: CodeBlock,
  options: { readonly found?: readonly string[]; readonly policies?: Record<string, boolean> } = {},
): Promise<BlockPlan> {
  const found = options.found ?? Object.keys(PROGRAMS);
  const interpreters = new Map(found.map((id) => [id, PROGRAMS[id] ?? ['none']]));
  const session = { sandbox: { workspace: '/workspace' }, interpreters, codeFileNames: new CodeFileNames() } as unknown as Session;
  const registry = new LanguageRegistry(BUILTIN_LANGUAGES, options.policies);
  return planBlock(block, { registry, session, control: { signal: new AbortController().signal } });
}

describe('planBlock', () => {
  it('runs PowerShell where the image has it, and saves it where it has not', async () => {
    const block = { code: 'Get-Date', language: 'pwsh' };
    expect(await plan(block)).toMatchObject({ kind: 'run', language: 'powershell', interpreter: ['pwsh', '-File'] });
    expect(await plan(block, { found: ['python'] })).toMatchObject({ kind: 'save', codeFile: expect.stringMatching(/\.ps1$/) });
    expect(await plan(block, { policies: { ps1: false } })).toMatchObject({ kind: 'save' });
    expect(await plan(block, { found: ['python'], policies: { pwsh: true } })).toMatchObject({
      kind: 'refuse',
      reason: 'The sandbox has no interpreter for powershell (looked for pwsh); it can run: python.',
    });
  });

  it('names what the sandbox can run, when a language is unknown or missing', async () => {
    const supported = 'supported: python, sh (run); powershell, html, css, json, markdown, yaml, csv, text (saved only).';
    const options = { found: ['python', 'sh'] };
    expect(await plan({ code: '', language: 'klingon' }, options)).toMatchObject({ reason: `Unknown language "klingon"; ${supported}` });
    expect(await plan({ code: '', language: '' }, options)).toMatchObject({ reason: `The block has no language; ${supported}` });
  });

  it('gives JavaScript that is a module the extension of one', async () => {
    const program = async (code: string): Promise<string | undefined> => {
      const planned = await plan({ code, language: 'js' });
      return planned.kind === 'run' ? planned.program.replace(/^tmp_code_[0-9a-f]{8}/, '') : undefined;
    };
    const modules = [
      "import fs from 'node:fs'",
      "import'x'",
      'import { a } from "b"',
      '  import a from "b"',
      'let a; export { a }',
      'import * as a from "b"',
      'export default 1',
      'console.log(import.meta.url)',
      '#!/usr/bin/env node\nimport "a"',
      'await 1;\nexport {}',
    ];
    const scripts = [
      'const a = require("a")',
      'import("a")',
      'const a = await import("a")',
      '  important()',
      '// import x',
      'exports.a = 1',
      'const python = `\nimport sys\nexport { a }\n`',
      '/*\nimport a from "b"\nexport default 1\n*/',
      'const a = "\\\nimport a from \'b\'"',
      'const a = /[`]/; // `\nconst b = `\nexport {}\n`',
      'a.import; a.export = { import: 1, export: 2 }',
      'class A { import() {}\nexport() {} }',
      'import {',
    ];
    for (const code of modules) expect([code, await program(code)]).toEqual([code, '.mjs']);
    for (const code of scripts) expect([code, await program(code)]).toEqual([code, '.js']);
  });

  it('detects modules in hostile code without trouble for later code', async () => {
    for (const piece of ['(', '{', '[', '`${', '/', '/*', "'", '`', '<', 'import ', 'export{', 'import(', 'a/b/', '{}/', '\\']) {
      const start = performance.now();
      await plan({ code: `import ${piece.repeat(100_000)}`, language: 'js' });
      expect([piece, performance.now() - start < 2_000]).toEqual([piece, true]);
    }
    expect(await plan({ code: 'import "a"', language: 'js' })).toMatchObject({ codeFile: expect.stringMatching(/\.mjs$/) });
  });

  it('takes TypeScript for a module by what is left without its types', async () => {
    const extension = async (code: string): Promise<string | undefined> => {
      const planned = await plan({ code, language: 'ts' });
      return planned.kind === 'run' ? planned.program.replace(/^.*\./, '') : planned.kind;
    };
    expect(await extension('import type { A } from "a";\nexport type B = A;\nconst a: number = 1;')).toBe('js');
    expect(await extension('import { type A, b } from "a";\nconst a: A = b;')).toBe('mjs');
    expect(await extension('const a: string = `\nimport sys\n`;')).toBe('js');
  });

  it('saves TypeScript as it was written and runs it without types', async () => {
    const code = 'const a: number = 1;';
    const stripped = 'const a         = 1;';
    expect(await plan({ code, language: 'ts', filename: 'sub/app.ts' })).toMatchObject({
      codeFile: 'sub/app.ts',
      program: 'sub/.app.ts.js',
      files: [
        { path: 'sub/app.ts', content: code },
        { path: 'sub/.app.ts.js', content: stripped },
      ],
    });
    expect(await plan({ code, language: 'ts' })).toMatchObject({ kind: 'run', files: [{ content: stripped }] });
    const saved = await plan({ code, language: 'ts' }, { policies: { typescript: false } });
    expect(saved).toMatchObject({ kind: 'save', code, codeFile: expect.stringMatching(/\.ts$/) });
    expect(await plan({ code: 'enum A {}', language: 'ts' })).toMatchObject({
      kind: 'refuse',
      reason: expect.stringContaining('(line 1)'),
    });
  });

  it('keeps pip quiet in shell blocks that are run, and changes none that is saved', async () => {
    const block = { code: 'pip install a', language: 'sh' };
    expect(await plan(block)).toMatchObject({ files: [{ content: 'pip install -qqq a' }] });
    expect(await plan(block, { policies: { sh: false } })).toMatchObject({ code: 'pip install a' });
  });
});
