import { type Protection, removals } from '../protection.ts';

const HOST = 'packages/embedded/src/host';

/** The protections of the embedded sandbox. */
export const EMBEDDED: readonly Protection[] = [
  ...removals({ file: `${HOST}/protocol/frame.ts`, test: `${HOST}/protocol/frame.test.ts` }, [
    ['frames: size of a header', 'lengths.header > this.#headerBytes || ', ''],
    [
      'frames: size of a payload',
      'lengths.header > this.#headerBytes || lengths.payload > MAXIMUM_PAYLOAD_BYTES',
      'lengths.header > this.#headerBytes',
    ],
    ['frames: a header is an object', "typeof value !== 'object' || value === null || Array.isArray(value)", 'value === undefined'],
  ]),
  ...removals({ file: `${HOST}/parent/incoming-messages.ts`, test: `${HOST}/parent/incoming-messages.test.ts` }, [
    ['messages: ids', 'const id = z.number().int().positive();', 'const id = z.any();'],
    ['messages: counts', 'const bytes = z.number().int().nonnegative();', 'const bytes = z.any();'],
    ['messages: size of an error', 'message: z.string().max(10_000)', 'message: z.string()'],
    ['messages: size of an error code', 'code: z.string().max(100)', 'code: z.string()'],
    ['messages: exit codes', 'exitCode: z.number().int().min(0).max(255)', 'exitCode: z.any()'],
    ['messages: size of a reason', 'const reason = z.string().max(2000);', 'const reason = z.string();'],
    ['messages: size of a name', 'z.array(z.string().max(4096))', 'z.array(z.string())'],
    ['messages: number of names', '.max(10_000);\n\nconst lostOutcome', ';\n\nconst lostOutcome'],
    ['messages: outcomes', "const lostOutcome = z.enum(['timeout',", "const lostOutcome = z.enum(['ok' as never, 'timeout',"],
  ]),
  ...removals({ file: `${HOST}/parent/remote-call.ts`, test: `${HOST}/parent/remote-call.test.ts` }, [
    ['messages: bytes that wait', 'if (this.#waiting > MAXIMUM_WAITING_BYTES) throw', 'if (this.#waiting < 0) throw'],
    ['messages: names of error codes', 'Object.hasOwn(ERROR_CODES, failure.code) ?', 'failure.code ?'],
  ]),
  ...removals({ file: `${HOST}/child/process-ending.ts`, test: `${HOST}/child/process-ending.test.ts` }, [
    ['worker: a run without an exit code is lost', 'if (!Number.isInteger(exitCode)) return', 'if (exitCode === "never") return'],
    ['worker: size of a reason', 'reason.slice(0, 1000)', 'reason'],
    ['worker: an exit code has eight bits', '(exitCode as number) & 255', '(exitCode as number)'],
  ]),
  ...removals({ file: `${HOST}/worker/shared-ring.ts`, test: `${HOST}/worker/shared-ring.test.ts` }, [
    ['worker: counters in shared memory are clamped', 'return Math.min((Atomics', 'return Math.trunc((Atomics'],
  ]),
  ...removals({ file: `${HOST}/worker/output-records.ts`, test: `${HOST}/worker/shared-ring.test.ts` }, [
    [
      'worker: shape of an output record',
      'if (length === 0 || length > RECORD_BYTES || HEADER_BYTES + length > available) throw',
      'if (length < 0) throw',
    ],
  ]),
  ...removals({ file: 'packages/embedded/src/files/file-service.ts', test: 'packages/embedded/src/files/file-service.test.ts' }, [
    [
      'worker: only own file handles',
      "if (check === 'handle' && !this.#handles.has(value as number)) throw",
      "if (check === 'handle' && value === 'x') throw",
    ],
    ['worker: shape of a file request', 'if (!isValid(check, value)) throw', 'if (value === "never") throw'],
    ['worker: known file operations', 'if (!known || !Array.isArray(parameters)) throw', 'if (!known) throw'],
    [
      'worker: number of file handles',
      "if (operation === 'open' && this.#handles.size >= MAXIMUM_HANDLES) throw",
      "if (operation === 'open' && this.#handles.size < 0) throw",
    ],
  ]),
  ...removals({ file: `${HOST}/without-host-paths.ts`, test: `${HOST}/without-host-paths.test.ts` }, [
    ['errors: no path of the host', ".replace(QUOTED, '$1$2$1').replace(BARE, '$1')", ''],
    ['errors: size', 'message.slice(0, MAX_CHARACTERS)', 'message'],
  ]),
  ...removals({ file: `${HOST}/parent/child-ending.ts`, test: `${HOST}/parent/child-ending.test.ts` }, [
    ['endings: no path of the host', 'withoutHostPaths(line.trim()).slice(0, 300)', 'line.trim()'],
    ['endings: out of memory is recognized', 'if (OUT_OF_MEMORY.test(stderr)) {', 'if (stderr === "never") {'],
  ]),
  ...removals({ file: `${HOST}/parent/child-flags.ts`, test: 'packages/embedded/test/isolation.int.test.ts' }, [
    [
      'child: permission flags',
      "    '--permission',\n    '--allow-worker',\n    `--allow-fs-read=${readable}`,\n",
      "    ...(readable === 'never' ? ['--permission'] : []),\n",
    ],
    ['child: no code from strings', "    '--disallow-code-generation-from-strings',\n", ''],
  ]),
  ...removals({ file: `${HOST}/parent/child-flags.ts`, test: 'packages/embedded/test/runs.int.test.ts' }, [
    [
      'child: memory limit of interpreters',
      '`--wasm-max-mem-pages=${Math.floor(options.memoryBytes / WASM_PAGE_BYTES)}`',
      '`--wasm-max-mem-pages=${Math.max(65_536, Math.floor(options.memoryBytes / WASM_PAGE_BYTES))}`',
    ],
  ]),
];
