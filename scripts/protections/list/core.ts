import { type Protection, removals } from '../protection.ts';

const SRC = 'packages/core/src';

/** The protections that all back ends share. */
export const CORE: readonly Protection[] = [
  ...removals({ file: `${SRC}/sandbox/directory-listing.ts`, test: `${SRC}/sandbox/directory-listing.test.ts` }, [
    ['listing: number of entries', 'if (this.#entries.length >= MAX_DIRECTORY_ENTRIES) throw', 'if (this.#entries.length < 0) throw'],
    ['listing: size of an entry that has not ended', 'if (rest.length > MAX_RECORD_BYTES) throw', 'if (rest.length < 0) throw'],
    ['listing: size of an entry', 'if (record.length > MAX_RECORD_BYTES) throw', 'if (record.length < 0) throw'],
    ['listing: shape of an entry', 'if (entry === undefined || !isName(entry.name)) throw', 'if (entry === undefined) throw'],
    ['listing: a last entry that has not ended', 'if (this.#held.byteLength > 0) throw', 'if (this.#held.byteLength < 0) throw'],
  ]),
  ...removals({ file: `${SRC}/executor/collect-files.ts`, test: `${SRC}/executor/collect-files.test.ts` }, [
    ['collect: size of a file', 'if (size > maxBytes) return', 'if (size < 0) return'],
    ['collect: size of all files', 'budget -= file.content?.byteLength ?? 0;', ''],
    ['collect: number of files', 'files.length < MAX_FILES ?', 'files.length >= 0 ?'],
  ]),
  ...removals({ file: `${SRC}/sandbox/within-time.ts`, test: `${SRC}/sandbox/within-time.test.ts` }, [
    [
      'files: time limit',
      'const timer = setTimeout(() => time.abort(tookTooLong(path, timeoutMs)), timeoutMs);',
      'const timer = setTimeout(() => {}, timeoutMs);',
    ],
  ]),
  ...removals({ file: `${SRC}/executor/command-line-code-executor.ts`, test: `${SRC}/executor/call-time-limit.test.ts` }, [
    ['call: the grace period of the sandbox', '    return sandbox.graceMs;\n', '    return sandbox.graceMs === -1 ? 0 : undefined;\n'],
  ]),
  ...removals({ file: `${SRC}/control/call-deadline.ts`, test: `${SRC}/executor/call-time-limit.test.ts` }, [
    [
      'call: the outer limit leaves time for the grace period',
      'this.remainingMs() + this.#graceMs + OUTER_MARGIN_MS',
      'this.remainingMs() + OUTER_MARGIN_MS',
    ],
  ]),
  ...removals({ file: `${SRC}/text/hidden-characters.ts`, test: `${SRC}/text/show-code.test.ts` }, [
    ['approval: characters that Unicode ignores', '\\p{Z}\\p{Default_Ignorable_Code_Point}\\u2800', '\\p{Z}\\u2800'],
    ['approval: blanks that Unicode counts as visible', '\\u2800\\u{16fe4}\\u{1d159}]`;', ']`;'],
  ]),
];
