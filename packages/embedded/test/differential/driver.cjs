// Runs each program of a JSON list from standard input in a directory of its own, and prints what each one printed, as JSON.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const util = require('node:util');

const AsyncFunction = (async () => undefined).constructor;
const programs = JSON.parse(fs.readFileSync(0, 'utf8'));

async function run(program) {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'program-'));
  process.chdir(home);
  let out = '';
  const log = (...values) => {
    out += `${util.format(...values)}\n`;
  };
  try {
    await new AsyncFunction('require', 'console', program)(require, { ...console, log });
  } catch (error) {
    log(`${error?.name}: ${error?.message}`);
  }
  return out.replaceAll(home, '/home');
}

async function main() {
  const printed = [];
  for (const program of programs) printed.push(await run(program));
  process.stdout.write(`${JSON.stringify(printed)}\n`);
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
