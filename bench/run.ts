import { writeFileSync } from 'node:fs';
import { cpus, loadavg, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { toFigures, toMarkdown } from './report/figures.ts';
import { runCase } from './report/run-case.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs expects a whole number from 1; got ${values.runs}.`);

const load = loadavg()[0]?.toFixed(1);
const processes = Math.max(1, Math.ceil(runs / 4));
const figures = toFigures({
  first: await runCase('first-result', { processes, runs }),
  warm: await runCase('warm-blocks', { processes: 1, runs }),
  loop: await runCase('event-loop', { processes, runs }),
  memory: await runCase('output-memory', { processes, runs }),
});
const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB of memory, ${platform()}, Node ${process.versions.node}, load average ${load} before the run`;
const date = new Date().toISOString().slice(0, 10);
const page = `# Benchmarks

Embedded back end, medians (of delays the worst), measured ${date} on ${machine}. Bars are the project's own.

${toMarkdown(figures)}

Measure on your machine: \`npx pnpm@12 bench --runs 20\`; \`--json\` prints figures for programs, \`--write\` rewrites this page.
How it is done: [bench](../bench/README.md).
`;

console.log(values.json ? JSON.stringify({ date, machine, figures }, undefined, 2) : page);
if (values.write) writeFileSync(join(import.meta.dirname, '../docs/benchmarks.md'), page);
