import { DEFAULT_LIMITS } from '../../packages/core/src/contract/defaults.ts';
import type { Lack } from '../../packages/core/src/contract/environment.ts';
import { embeddedEnvironment } from '../../packages/embedded/src/environment/embedded-environment.ts';
import { ABSENT_INTERNAL_MODULES } from '../../packages/embedded/src/environment/python-lacks.ts';

const { lacks, provides } = embeddedEnvironment(DEFAULT_LIMITS);
const internal = new Set(ABSENT_INTERNAL_MODULES.flatMap(({ names }) => names));

const MARKED = /^<!-- environment: ([\w ]+) -->\n[\s\S]*?^<!-- end -->$/gm;

/** Returns the page. Each marked section contains the list or table of that name, from the environment of the embedded back end. */
export function fillEnvironment(page: string): string {
  return page.replaceAll(MARKED, (_, name: string) => {
    const content = CONTENTS[name];
    if (content === undefined) throw new Error(`The page has a section for the environment "${name}", which does not exist.`);
    return `<!-- environment: ${name} -->\n${content()}\n<!-- end -->`;
  });
}

const CONTENTS: Readonly<Record<string, () => string>> = {
  'javascript modules': () => listOf('module', 'javascript'),
  commands: () => listOf('command'),
  'missing python modules': () => tableOf(lacking('module', 'python')),
  'missing javascript modules': () => tableOf(lacking('module', 'javascript')),
  'missing commands': () => tableOf(lacking('command')),
  'missing features': () => tableOf(lacks.filter(({ kind }) => kind === 'feature')),
};

function lacking(kind: string, language?: string): Lack[] {
  return lacks.filter((lack) => lack.kind === kind && lack.language === language);
}

function listOf(kind: string, language?: string): string {
  const names = provides.filter((entry) => entry.kind === kind && entry.language === language).flatMap((entry) => entry.names);
  return code(names);
}

function tableOf(entries: readonly Lack[]): string {
  const rows = entries
    .map((lack) => ({ ...lack, names: lack.names.filter((name) => !internal.has(name)) }))
    .filter(({ names }) => names.length > 0)
    .map(({ names, reason, instead = '' }) => `| ${code(names)} | ${reason} | ${instead} |`.replaceAll('||', String.raw`\|\|`));
  return ['| missing | reason | instead |', '|---|---|---|', ...rows].join('\n');
}

function code(names: readonly string[]): string {
  return names.map((name) => (name === '*' ? 'all others' : `\`${name}\``)).join(', ');
}
