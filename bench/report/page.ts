import { existsSync, readFileSync } from 'node:fs';
import { type Figure, toMarkdown } from './figures.ts';
import { BACKENDS, type Backend } from './report.ts';

const TITLES: Readonly<Record<Backend, string>> = {
  embedded: 'Embedded',
  docker: 'Docker, beside AutoGen 0.7.5 on the same daemon',
  pod: 'Kubernetes pods, beside autogen-kubernetes 0.6.2 on the same cluster',
};

const INTRODUCTION = `# Benchmarks

Medians, of delays the worst. Bars are the project's own; a ratio is ours divided by the peer's, both measured in the same run, taking turns.

Measure on your machine: \`npx pnpm@12 bench --runs 20\`; \`--on docker,pod\` measures these back ends and installs the peers to compare with,
\`--json\` prints figures for programs, \`--write\` rewrites this page. How it is done: [bench](../bench/README.md).
`;

export interface Section {
  readonly backend: Backend;
  /** When and on what it was measured. */
  readonly circumstances: string;
  readonly figures: readonly Figure[];
}

/** The page with these sections anew; sections of other back ends stay as they are in the file. */
export function renderPage(sections: readonly Section[], file?: string): string {
  const kept = readSections(file);
  for (const section of sections) kept.set(section.backend, renderSection(section));
  return [INTRODUCTION, ...BACKENDS.flatMap((backend) => kept.get(backend) ?? [])].join('\n');
}

function renderSection({ backend, circumstances, figures }: Section): string {
  return `## ${TITLES[backend]}\n\n${circumstances}\n\n${toMarkdown(figures)}\n`;
}

function readSections(file: string | undefined): Map<Backend, string> {
  const text = file !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : '';
  const parts = text.split(/^(?=## )/m).slice(1);
  const sections = new Map<Backend, string>();
  for (const backend of BACKENDS) {
    const part = parts.find((candidate) => candidate.startsWith(`## ${TITLES[backend]}\n`));
    if (part !== undefined) sections.set(backend, `${part.trimEnd()}\n`);
  }
  return sections;
}
