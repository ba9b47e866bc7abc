import { extractCodeBlocks } from '@sandpod/core';
import { describe, expect, test } from 'vitest';
import { createExecutor } from '../src/index.ts';

const FENCE = '```';

function answer(language: string, ...lines: readonly string[]): string {
  return `${FENCE}${language}\n${lines.join('\n')}\n${FENCE}\n`;
}

interface Answer {
  readonly text: string;
  readonly expected: object;
  readonly collectFiles?: true;
}

/** Answers of models that came out wrong on a back end, and what they must give. */
const EVERYWHERE: Readonly<Record<string, Answer>> = {
  'a variable that may be unset': {
    text: answer('bash', 'set -euo pipefail', 'if [ -z "${OUTPUT_DIR:-}" ]; then OUTPUT_DIR=out; fi', 'echo "writing to ${OUTPUT_DIR}"'),
    expected: { outcome: 'ok', stdout: 'writing to out\n' },
  },
  'a command in a variable': {
    text: answer('bash', 'PYTHON="python3 -u"', `$PYTHON -c 'print("ran")'`),
    expected: { outcome: 'ok', stdout: 'ran\n' },
  },
  'pip in a here-document': {
    text: answer('bash', "cat > README.md <<'END'", 'pip install mytool', 'END', 'cat README.md'),
    expected: { outcome: 'ok', stdout: 'pip install mytool\n' },
  },
  'the modes in an archive': {
    text: answer(
      'python',
      'import os, shutil, zipfile',
      'os.makedirs("site", exist_ok=True); open("site/index.html", "w").write("hi")',
      'shutil.make_archive("site", "zip", "site")',
      'print([oct(i.external_attr >> 16) for i in zipfile.ZipFile("site.zip").infolist()])',
    ),
    expected: { outcome: 'ok', stdout: "['0o100644']\n" },
  },
  'output of a function before the time limit': {
    text: answer('bash', 'main() {', '  echo "step 1 done"', '  sleep 60', '}', 'main "$@"'),
    expected: { outcome: 'timeout', stdout: 'step 1 done\n' },
  },
  'output before a find and the time limit': {
    text: answer('bash', 'echo "step 1 done"', String.raw`find . -name '*.nothing' -exec ls {} \;`, 'sleep 60'),
    expected: { outcome: 'timeout', stdout: 'step 1 done\n' },
  },
  'a long word': {
    text: answer('bash', `data='${'deadbeef'.repeat(12_500)}'`, 'echo ${#data}'),
    expected: { outcome: 'ok', stdout: '100000\n' },
  },
  'the name of the user': {
    text: answer('python', 'import getpass', 'print(getpass.getuser() != "")'),
    expected: { outcome: 'ok', stdout: 'True\n' },
  },
  'a file name with a backslash': {
    text: answer('python', String.raw`open("output\\report.csv", "w").write("a")`, 'open("plain.csv", "w").write("a")'),
    expected: { outcome: 'ok', files: [{ path: 'plain.csv' }], reason: expect.stringContaining(String.raw`"output\\report.csv"`) },
    collectFiles: true,
  },
};

const ON_EMBEDDED: Readonly<Record<string, Answer>> = {
  'JavaScript with a Python module in a template': {
    text: answer('javascript', "const fs = require('fs');", "fs.writeFileSync('job.py', `", 'import sys', '`);', "console.log('written');"),
    expected: { outcome: 'ok', stdout: 'written\n' },
  },
  'tools whose options were ignored': {
    text: answer(
      'bash',
      String.raw`printf 'one\ntwo\n' > w.txt; printf 'k v\nz w\n' > kv.txt; echo k > keys.txt; touch 'my file.txt'`,
      'grep -e one -e two w.txt | wc -l',
      "awk 'NR==FNR{a[$1];next} $1 in a' keys.txt kv.txt",
      String.raw`echo abc | sed 's/.*/\U&/'`,
      `echo 'my file.txt' | xargs -I{} echo '[{}]'`,
      `jq -r '@csv' <<< '[1,"a"]'`,
      "sed -i.bak 's/one/ONE/' w.txt; ls w.txt.bak",
    ),
    expected: { outcome: 'ok', stdout: '2\nk v\nABC\n[my file.txt]\n1,"a"\nw.txt.bak\n' },
  },
};

const ON_DOCKER: Readonly<Record<string, Answer>> = {
  'a server on localhost': {
    text: answer(
      'python',
      'import http.server, threading, urllib.request',
      'server = http.server.ThreadingHTTPServer(("localhost", 0), http.server.SimpleHTTPRequestHandler)',
      'threading.Thread(target=server.serve_forever, daemon=True).start()',
      'print(urllib.request.urlopen(f"http://localhost:{server.server_port}").status)',
    ),
    expected: { outcome: 'ok', stdout: '200\n' },
  },
};

describe.each([
  ['embedded', { ...EVERYWHERE, ...ON_EMBEDDED }],
  ['docker', { ...EVERYWHERE, ...ON_DOCKER }],
] as const)('answers of models on %s', { timeout: 120_000 }, (on, answers) => {
  test('come out as on a machine of their own', async () => {
    await using executor = await createExecutor(on, { timeoutMs: 8_000 });
    for (const [name, { text, expected, collectFiles = false }] of Object.entries<Answer>(answers))
      expect.soft(await executor.execute(extractCodeBlocks(text), { collectFiles }), name).toMatchObject(expected);
  });
});
