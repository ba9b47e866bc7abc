import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type BackendName, loadBackend } from '../src/index.ts';

const PAGE = readFileSync(new URL('../../../docs/migrating-from-autogen.md', import.meta.url), 'utf8');
// Outside the tests: loading the clients of both platforms takes seconds on a busy machine.
const SHAPES = { docker: (await loadBackend('docker')).optionsSchema.shape, pod: (await loadBackend('pod')).optionsSchema.shape };

/** The arguments of AutoGen's executors, in both generations. */
const ARGUMENTS = {
  docker:
    'image container_name timeout work_dir bind_dir auto_remove stop_container execution_policies functions functions_module device_requests extra_volumes extra_hosts init_command delete_tmp_files',
  pod: 'image pod_name namespace pod_spec container_name volume timeout work_dir workspace_path kube_config_file stop_container auto_remove command args execution_policies functions functions_module',
} as const satisfies Partial<Record<BackendName, string>>;

/** The cells of the table below a heading, row by row, without its header. */
function rowsBelow(heading: string): string[][] {
  const section = PAGE.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );
}

const namesIn = (cell = ''): string[] => [...cell.matchAll(/`([A-Za-z_]+)`/g)].map(([, name = '']) => name);

describe.each([
  { name: 'docker', heading: 'Arguments: Docker', ours: 1 },
  { name: 'pod', heading: 'Arguments: pod', ours: 2 },
] as const)('the table of arguments for $name', ({ name, heading, ours }) => {
  const rows = rowsBelow(heading);

  it('has every argument of AutoGen', () => {
    const listed = new Set(rows.flatMap((row) => row.slice(0, ours).flatMap(namesIn)));
    expect(ARGUMENTS[name].split(' ').filter((argument) => !listed.has(argument))).toEqual([]);
  });

  it('names existing options, at least one in each row', () => {
    for (const row of rows) {
      const names = namesIn(row[ours]);
      expect(names.length, row.join(' | ')).toBeGreaterThan(0);
      expect(
        names.filter((option) => !Object.hasOwn(SHAPES[name], option)),
        row.join(' | '),
      ).toEqual([]);
    }
  });
});
