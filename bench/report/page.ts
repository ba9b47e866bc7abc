import { existsSync, readFileSync } from 'node:fs';
import { type Figure, toMarkdown } from './figures.ts';
import { BACKENDS, type Backend } from './report.ts';

const TITLES: Readonly<Record<Backend, string>> = {
  embedded: 'Embedded',
  docker: 'Docker, compared with AutoGen 0.7.5 on the same daemon',
  pod: 'Kubernetes pods, compared with autogen-kubernetes 0.6.2 on the same cluster',
};

const INTRODUCTION = `# Benchmarks

Figures are medians, except that delays are maximums. The bar of a figure is the goal that the project sets for it. A
ratio is sandpod's figure divided by AutoGen's figure. Each run measures sandpod and AutoGen alternately.

To measure on your machine, run \`npx --yes pnpm@12 bench --runs 20\`. \`--on docker,pod\` measures these back ends and installs
AutoGen for comparison. \`--json\` prints the figures as JSON, and \`--write\` updates this page. [bench](../bench/README.md)
describes the method.
`;

export interface Section {
  readonly backend: Backend;
  /** The date of the measurement, and a description of the machine. */
  readonly circumstances: string;
  readonly figures: readonly Figure[];
}

/** Returns the page with these sections replaced. The sections of other back ends stay unchanged. */
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
