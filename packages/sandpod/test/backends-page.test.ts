import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadBackend } from '../src/index.ts';
import { backendsTables } from './fixtures/backends-tables.ts';
import { loadClients } from './fixtures/load-clients.ts';
import { KUBE_CONFIG_FILE } from './fixtures/option-samples.ts';

await loadClients();

const PAGE = new URL('../../../docs/backends.md', import.meta.url);

beforeEach(() => void vi.stubEnv('KUBECONFIG', KUBE_CONFIG_FILE));
afterEach(() => void vi.unstubAllEnvs());

/** The position of a table in the page. */
function place(name: string): RegExp {
  return new RegExp(`(<!-- begin ${name} -->\\n)([\\s\\S]*?)(\\n<!-- end ${name} -->)`);
}

it.each(['capabilities', 'options'] as const)(
  'docs/backends.md shows the %s that the back ends have; SANDPOD_WRITE_DOCS=1 writes them',
  async (name) => {
    const tables = await backendsTables();
    const page = readFileSync(PAGE, 'utf8');
    if (process.env['SANDPOD_WRITE_DOCS'] === '1') writeFileSync(PAGE, page.replace(place(name), `$1${tables[name]}$3`));
    expect(place(name).exec(readFileSync(PAGE, 'utf8'))?.[2]).toBe(tables[name]);
  },
);

it('docs/backends.md names no option that does not exist', async () => {
  const rows = readFileSync(PAGE, 'utf8').matchAll(/^\| [^|]+ \| ([^|]*`[^|]*) \| ([^|]*`[^|]*) \|$/gm);
  const wrong: string[] = [];
  for (const [, ...cells] of rows) {
    for (const [index, name] of (['docker', 'pod'] as const).entries()) {
      const { shape } = (await loadBackend(name)).optionsSchema;
      const named = [...(cells[index] ?? '').matchAll(/`([a-z][A-Za-z]+)(?::[^`]*)?`/g)].map(([, option = '']) => option);
      wrong.push(...named.filter((option) => !Object.hasOwn(shape, option)).map((option) => `${name}: ${option}`));
    }
  }
  expect(wrong).toEqual([]);
});
