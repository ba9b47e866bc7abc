import { type Protection, removals } from '../protection.ts';

const SHARED = 'packages/agents/src/shared';
const SERVER = 'apps/demo/src/server';

/** The protections of agent tools, the command and the demo. */
export const TOOLS: readonly Protection[] = [
  ...removals({ file: `${SHARED}/clean-text.ts`, test: `${SHARED}/clean-text.test.ts` }, [
    ['tools: invisible characters', ".replace(invisible, '')", ''],
    ['tools: terminal codes', 'return plain(sanitizeTerminalText(text));', 'return plain(text);'],
    ['tools: lone surrogates', '.toWellFormed()', ''],
    ['tools: a reason is one line', ".replace(/[\\n\\t\\u2028\\u2029]+/g, ' ')", ''],
    ['tools: size of a line', 'cleanText(cutText(text, MAX_LINE_CHARACTERS))', 'cleanText(text)'],
  ]),
  ...removals({ file: `${SHARED}/clean-cut.ts`, test: `${SHARED}/clean-cut.test.ts` }, [
    ['tools: a text is cut before it is cleaned', 'if (skipped <= 0) {', 'if (skipped <= 2 ** 40) {'],
  ]),
  ...removals({ file: `${SHARED}/bounded-text.ts`, test: `${SHARED}/bounded-text.test.ts` }, [
    ['tools: size of a text', 'if (this.#tail.length > 2 * this.#tailCharacters) this.#cut();', ''],
  ]),
  ...removals({ file: `${SHARED}/read-clean-text.ts`, test: `${SHARED}/read-clean-text.test.ts` }, [
    ['tools: binary files are not shown', "if (piece.includes('\\0') || ", 'if ('],
  ]),
  ...removals({ file: `${SHARED}/result-images.ts`, test: `${SHARED}/result-images.test.ts` }, [
    ['tools: an image is one', 'if (!hasImageSignature({ ...rest, data: start })) return undefined;', ''],
    ['tools: number of images', 'if (images.length >= maxCount) break;', ''],
    ['tools: size of an image', 'Math.min(maxBytes, MAX_TOTAL_BYTES - totalBytes)', 'Number.MAX_SAFE_INTEGER'],
    ['tools: size of all images', 'totalBytes += image.data.byteLength;', ''],
  ]),
  ...removals({ file: 'packages/agents/src/deepagents/text-search.ts', test: 'packages/agents/src/deepagents/text-search.test.ts' }, [
    ['tools: number of matches', 'const MAX_MATCHES = 10_000;', 'const MAX_MATCHES = 1e12;'],
    ['tools: size of all matches', 'const MAX_TOTAL_CHARACTERS = 1024 * 1024;', 'const MAX_TOTAL_CHARACTERS = 1e12;'],
    ['tools: size of a match', 'const MAX_LINE_CHARACTERS = 2_000;', 'const MAX_LINE_CHARACTERS = 1e12;'],
  ]),
  ...removals({ file: 'packages/agents/src/deepagents/edit-text.ts', test: 'packages/agents/src/deepagents/edit-text.test.ts' }, [
    ['tools: number of replacements', 'const MAX_OCCURRENCES = 100_000;', 'const MAX_OCCURRENCES = 1e12;'],
  ]),
  ...removals({ file: 'packages/cli/src/output/local-path.ts', test: 'packages/cli/src/output/local-path.test.ts' }, [
    ['--out: no path outside the directory', "if (name === '' || name === '.' || name === '..') return", "if (name === 'never') return"],
    ['--out: no hidden file', "if (name.startsWith('.')) return", "if (name === 'never') return"],
    ['--out: no invisible characters', 'if (hasHidden(name)) return', "if (name === 'never') return"],
    ['--out: names of Windows', "if (platform === 'win32' && windowsForbidden.test(name)) return", "if (name === 'never') return"],
  ]),
  ...removals({ file: `${SERVER}/read-json.ts`, test: `${SERVER}/read-json.test.ts` }, [
    ['demo: size of a request', 'if (size > MAX_BYTES) {', 'if (size < 0) {'],
  ]),
  ...removals({ file: `${SERVER}/security-headers.ts`, test: `${SERVER}/security-headers.test.ts` }, [
    [
      'demo: content security policy',
      "if (!headers.has('content-security-policy')) headers.set('content-security-policy', PAGE_POLICY);",
      '',
    ],
    ['demo: no sniffing', "headers.set('x-content-type-options', 'nosniff');", ''],
    ['demo: no referrer', "headers.set('referrer-policy', 'no-referrer');", ''],
    ['demo: no use by other sites', "headers.set('cross-origin-resource-policy', 'same-origin');", ''],
    ['demo: own browsing context', "headers.set('cross-origin-opener-policy', 'same-origin');", ''],
    ['demo: nothing is cached', "if (context.req.path.startsWith('/api/')) headers.set('cache-control', 'no-store');", ''],
  ]),
  ...removals({ file: 'packages/core/src/server/check-request.ts', test: 'packages/core/src/server/check-request.test.ts' }, [
    ['servers: only their own host name', "if (!isOwnHost(host, own)) return 'foreign-host';", ''],
    ['servers: only their own page', "if (origin !== undefined && origin !== `http://${host}`) return 'foreign-origin';", ''],
    [
      'servers: only requests of their own site',
      "if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'foreign-origin';",
      '',
    ],
  ]),
  ...removals({ file: `${SERVER}/guard.ts`, test: `${SERVER}/guard.int.test.ts` }, [
    ['demo: only requests with its header', "req.header('x-sandpod-demo') !== '1'", "req.header('x-sandpod-demo') === 'never'"],
  ]),
  ...removals({ file: 'apps/demo/src/session/list-workspace.ts', test: 'apps/demo/src/session/list-workspace.test.ts' }, [
    ['demo: number of files', 'if (paths.push(path) < MAX_FILES) continue;', 'if (paths.push(path) < Number.MAX_VALUE) continue;'],
    ['demo: number of directories', 'maxDirectories: MAX_DIRECTORIES', 'maxDirectories: Number.MAX_VALUE'],
  ]),
];
