import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readManifest } from './read-manifest.ts';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'sandpod-manifest-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const POD = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'mine' } };
const YAML = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: mine\n';
const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: {name: other}\n';
const podSpec = { option: 'podSpec', kind: 'Pod' } as const;
const volume = { option: 'volume', kind: undefined } as const;

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

test('an object, YAML, JSON, a path and a URL mean the same', () => {
  const path = file('pod.yaml', YAML);
  const forms = [POD, YAML, JSON.stringify(POD), JSON.stringify(POD, null, 2), path, pathToFileURL(path), pathToFileURL(path).href];
  expect(forms.map((form) => readManifest(form, podSpec).value)).toEqual(forms.map(() => POD));
  expect(forms.map((form) => readManifest(form, podSpec).form)).toEqual([
    'the object',
    'the YAML text',
    'the JSON text',
    'the JSON text',
    `the file ${path}`,
    `the file ${pathToFileURL(path).href}`,
    `the file ${pathToFileURL(path).href}`,
  ]);
});

test('an object is copied, also an instance of a class', () => {
  class V1Volume {
    name = 'mine';
    emptyDir = { medium: 'Memory' };
    secret = undefined;
  }
  const given = new V1Volume();
  const { value } = readManifest(given, volume);
  given.emptyDir.medium = 'Disk';
  expect(value).toEqual({ name: 'mine', emptyDir: { medium: 'Memory' } });
});

test('of several documents, the one of the wanted kind is used', () => {
  const path = file('all.yaml', `${SERVICE}---\n${YAML}---\n`);
  expect(readManifest(path, podSpec).value).toEqual(POD);
  const list = { apiVersion: 'v1', kind: 'List', items: [{ kind: 'Secret' }, POD] };
  expect(readManifest(JSON.stringify(list), podSpec).value).toEqual(POD);
  expect(readManifest(`${YAML}---\nname: data\nemptyDir: {}\n`, volume).value).toEqual({ name: 'data', emptyDir: {} });
});

test('the error for a file with no document of the kind, or with two, lists its kinds', () => {
  const none = file('none.yaml', `${SERVICE}---\nkind: Secret\n`);
  expect(() => readManifest(none, podSpec)).toThrow(
    `podSpec (the file ${none}): expected one document of kind Pod, given documents of kind Service, Secret.`,
  );
  expect(() => readManifest(`${YAML}---\n${YAML}`, podSpec)).toThrow('given documents of kind Pod, Pod');
  expect(() => readManifest(file('empty.yaml', '# nothing\n'), podSpec)).toThrow('given no document');
});

test.for(['./pods/worker.yaml', '/nowhere/pod.yaml', 'worker.yaml', 'file:///nowhere/pod.json', 'my pod', 'C:\\pods\\worker.yaml'])(
  'a path that does not exist is an error about the path: %s',
  (path) => {
    expect(() => readManifest(path, podSpec)).toThrow(
      /^podSpec \(the file .*\): expected an existing file, or a YAML or JSON text, given the path "/,
    );
  },
);

test('what is no mapping, no YAML or no file is told apart', () => {
  expect(() => readManifest('- a\n- b\n', podSpec)).toThrow('podSpec (the YAML text): expected a mapping, given a list.');
  expect(() => readManifest('{"kind": "Pod",', podSpec)).toThrow(
    /podSpec \(the JSON text\): expected YAML or JSON, given text that does not parse/,
  );
  expect(() => readManifest(directory, podSpec)).toThrow('expected a file, given a directory or device');
  expect(() => readManifest(new URL('https://example.com/pod.yaml'), podSpec)).toThrow('expected a file: URL, given https:');
  expect(() => readManifest('file://server/pod.yaml', podSpec)).toThrow('expected a file: URL on this machine, given the host server');
});

test.for(['file:///%zz', 'file:///a%2Fb', 'file://[', 'a\0b'])('%j names no file, and is refused as such', (path) => {
  expect(() => readManifest(path, podSpec)).toThrow(
    expect.objectContaining({ code: 'invalid-options', message: expect.stringContaining(`podSpec (the file ${path}): expected `) }),
  );
});

test.for([['file:///%zz'], ['file:///a%2Fb']] as const)('the URL %s names no file, and is refused as such', ([url]) => {
  expect(() => readManifest(new URL(url), podSpec)).toThrow(expect.objectContaining({ code: 'invalid-options' }));
});

test('the error for an unreadable file has the reason', () => {
  // A file of the kernel that no user can read, not even root.
  expect(() => readManifest('/proc/self/mem', podSpec)).toThrow(
    /^podSpec \(the file \/proc\/self\/mem\): expected a readable file, given E[A-Z]+/,
  );
});

test('what cannot be data is refused by name', () => {
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  expect(() => readManifest({ spec: { hook: () => {} } }, podSpec)).toThrow(/spec\.hook: expected data, given a function/);
  expect(() => readManifest({ bytes: new Uint8Array(1) }, podSpec)).toThrow(/bytes: expected data, given an instance of Uint8Array/);
  expect(() => readManifest(cycle, podSpec)).toThrow(/expected at most .* values/);
  expect(() => readManifest(JSON.parse('{"__proto__": {"kind": "Pod"}}'), podSpec)).toThrow(/__proto__/);
});

test('YAML aliases that expand without end are refused at a limit', () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 8; level += 1)
    lines.push(
      `a${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
    );
  expect(() => readManifest(lines.join('\n'), podSpec)).toThrow(/expected at most|does not parse/);
});
