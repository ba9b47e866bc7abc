import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const FIXTURE = new URL('./fixtures/run-shell-script.ts', import.meta.url);
const WINDOWS = new URL('./fixtures/windows-paths.ts', import.meta.url);

/** A script that uses paths in all interpreters, and in commands of the shell that walk directories. */
const SCRIPT = `
mkdir -p a/b; cd a/b; pwd; echo hi > x.txt; cat ../b/x.txt; ls -R /workspace; realpath x.txt; basename $PWD; dirname $PWD
find /workspace -name '*.txt'; ls *.txt; cp x.txt ../y.txt; mv ../y.txt z.txt; ln -s z.txt l; readlink l; cat l; grep -r hi /workspace
tar czf t.tgz x.txt; tar tzf t.tgz; tree .; which ls; diff x.txt z.txt && echo same; echo x.txt | xargs cat; echo '{"a":1}' | jq -c .
cd ..; rm -r b; ls -a; test -d /workspace/a && echo there
mkdir d; echo 'exports.a = 1' > d/m.js
echo "console.log(require('./d/m').a, __filename, require.resolve('./d/m.js'), require('path').join('a', 'b'))" > main.js; node main.js
echo "import('./d/m.js').then(({ a }) => console.log(a, import.meta.url))" > main.mjs; node main.mjs
echo "import os, sys; print(os.getcwd(), __file__, os.listdir('d'), os.path.join('a', 'b'))" > main.py; python3 main.py
`;

interface Result {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  readonly joined: string;
}

function run(...options: readonly string[]): Result {
  const argv = ['--conditions=@sandpod/source', '--no-warnings', ...options, fileURLToPath(FIXTURE)];
  return JSON.parse(execFileSync(process.execPath, argv, { input: SCRIPT, encoding: 'utf8' })) as Result;
}

it('programs find their files in the same way if paths of the host are those of Windows', { timeout: 60_000 }, () => {
  const here = run();
  const windows = run('--import', WINDOWS.href);
  expect(here).toMatchObject({ joined: 'a/b', exitCode: 0, stderr: '' });
  expect(here.stdout).toContain('/workspace/a/main.py');
  expect(windows).toEqual({ ...here, joined: 'a\\b' });
});
