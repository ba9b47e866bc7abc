import { join } from 'node:path';
import { checkSource } from './structure/check-source.ts';
import { readSources } from './structure/read-sources.ts';

const sources = readSources(join(import.meta.dirname, '..'));
const problems = sources.flatMap((file) => checkSource(file).map((problem) => `${file.owner}/${file.path} ${problem}`));

for (const problem of problems) console.error(problem);
console.log(`structure: ${sources.length} sources, ${problems.length} problems`);
if (problems.length > 0) process.exitCode = 1;
