import { writeFileSync } from 'node:fs';
import { cpus, loadavg, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { embeddedFigures } from './report/embedded-figures.ts';
import { renderPage, type Section } from './report/page.ts';
import { platformFigures } from './report/platform-figures.ts';
import { BACKENDS, type Backend } from './report/report.ts';

const { values } = parseArgs({
  options: {
    on: { type: 'string', default: 'embedded' },
    runs: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs expects a whole number from 1, given ${values.runs}.`);

const sections: Section[] = [];
for (const backend of readBackends(values.on)) {
  const circumstances = describeCircumstances();
  const figures = backend === 'embedded' ? await embeddedFigures(runs) : await platformFigures(backend, runs);
  sections.push({ backend, circumstances, figures });
}
console.log(values.json ? JSON.stringify(sections, undefined, 2) : renderPage(sections));
const file = join(import.meta.dirname, '../docs/benchmarks.md');
if (values.write) writeFileSync(file, renderPage(sections, file));

function readBackends(list: string): Backend[] {
  return list.split(',').map((name) => {
    const backend = BACKENDS.find((candidate) => candidate === name);
    if (backend === undefined) throw new Error(`--on expects a comma-separated list of ${BACKENDS.join(', ')}, given ${list}.`);
    return backend;
  });
}

function describeCircumstances(): string {
  const load = loadavg()[0]?.toFixed(1);
  const date = new Date().toISOString().slice(0, 10);
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${date}, ${cpus().length} cores, ${memory} GiB of memory, ${platform()}, Node ${process.versions.node}, load average ${load} before the run.`;
}
