import { type Protection, removals } from '../protection.ts';

const SRC = 'packages/launcher/src';
const RELAY = 'packages/testkit/test/host/hostile-relay.test.ts';

/** The protections against launchers and relays that a guest has taken over. */
export const LAUNCHER: readonly Protection[] = [
  ...removals({ file: `${SRC}/marker-scanner.ts`, test: `${SRC}/marker-scanner.test.ts` }, [
    ['launcher: size of a line', 'if (bytes.length > MAX_LINE_BYTES) throw', 'if (bytes.length > 2 ** 40) throw'],
  ]),
  ...removals({ file: `${SRC}/exchange.ts`, test: `${SRC}/exchange.test.ts` }, [
    [
      'launcher: an end without a beginning is no end',
      'if (hasBegun) this.#ended.resolve(this.#result);',
      'if (hasBegun || true) this.#ended.resolve(this.#result);',
    ],
    ['launcher: both streams must end', "if (this.#phases.stdout !== 'after' || this.#phases.stderr !== 'after') return;", ''],
    ['launcher: order of an answer', "throw new Error('The launcher answered out of order.');", 'return;'],
    ['launcher: bytes outside an answer are dropped', "else if (this.#phases[chunk.stream] === 'inside') await", 'else await'],
  ]),
  ...removals({ file: `${SRC}/run-ending.ts`, test: `${SRC}/run-ending.test.ts` }, [
    ['launcher: shape of a run ending', 'const ENDING = /^(\\d{1,3})? ([01]) (\\d{1,20})$/;', 'const ENDING = /^(\\S*) (\\S*) ?(\\S*)/;'],
  ]),
  ...removals({ file: `${SRC}/parse-answer.ts`, test: `${SRC}/parse-answer.test.ts` }, [
    ['launcher: shape of a process', 'const PROCESS = /^(\\d{1,10}) (\\d{1,20})$/;', 'const PROCESS = /^(\\S*) (\\S*)/;'],
    ['launcher: shape of a size', 'const SIZE = /^\\d{1,20}$/;', 'const SIZE = /^/;'],
    ['launcher: shape of a file type', 'Object.hasOwn(STAT_TYPES, name) ? STAT_TYPES[name] : undefined', 'STAT_TYPES[name]'],
    [
      'launcher: shape of an entry type',
      'Object.hasOwn(ENTRY_TYPES, letter) ? ENTRY_TYPES[letter] : undefined',
      "(ENTRY_TYPES[letter] ?? 'file')",
    ],
    ['launcher: shape of positions', 'const POSITIONS = /^( \\d{1,6})*$/;', 'const POSITIONS = /^/;'],
  ]),
  ...removals({ file: `${SRC}/refusal-error.ts`, test: `${SRC}/refusal-error.test.ts` }, [
    [
      'launcher: a refusal is a known word',
      '(Object.hasOwn(EXPLANATIONS, error.problem) && EXPLANATIONS[error.problem])',
      'EXPLANATIONS[error.problem]',
    ],
  ]),
  ...removals({ file: `${SRC}/read-stream.ts`, test: 'packages/launcher/test/hostile-answers.test.ts' }, [
    ['launcher: a read has the announced size', 'bytes.subarray(0, this.#announced - this.#received)', 'bytes'],
    ['launcher: a read that is too short fails', ' || this.#received < this.#announced', ''],
  ]),
  ...removals({ file: `${SRC}/launcher-pool.ts`, test: 'packages/launcher/test/guarded-pool.test.ts' }, [
    ['launcher: none waits beside leftover processes', '    if (isGuarded) this.#dropIdle(0);\n', ''],
    [
      'launcher: a launcher beside leftover processes waits briefly',
      'if (this.#isGuarded) setTimeout(',
      'if (false as boolean) setTimeout(',
    ],
  ]),
  ...removals({ file: `${SRC}/argument-sizes.ts`, test: `${SRC}/run-header.test.ts` }, [
    ['run: size of an argument', 'if (size > MAX_ARGUMENT_BYTES) throw', 'if (size > 2 ** 40) throw'],
    ['run: size of all arguments', 'if (total > MAX_ARGUMENTS_BYTES) throw', 'if (total > 2 ** 40) throw'],
  ]),
  ...removals({ file: `${SRC}/launcher-message.ts`, test: `${SRC}/launcher-message.test.ts` }, [
    ['run: no NUL in values', '  if (bytes.includes(0))\n', '  if (bytes.length < 0)\n'],
  ]),
  ...removals({ file: `${SRC}/relay/relay-reports.ts`, test: RELAY }, [
    ['relay: unknown reports', "throw malformedAnswer('a report of a relay', report);", 'return;'],
    ['relay: names of relays', ' && PROGRAMS.includes(payload)) this.#connected', ') this.#connected'],
    ['relay: names of problems', ' && PROBLEMS.includes(payload)) this', ') this'],
    ['relay: one connection', "report.startsWith('+') && this.#phase === 'connecting'", "report.startsWith('+')"],
    ['relay: an end after the connection', "report.startsWith('-') && this.#phase === 'connected'", "report.startsWith('-')"],
  ]),
  ...removals({ file: `${SRC}/relay/relay-channel.ts`, test: RELAY }, [
    ['relay: errors are typed', 'listener.onEnd(toSandpodError(error));', 'listener.onEnd(error);'],
    ['relay: a broken relay is disconnected', '      this.destroy(error);\n', ''],
  ]),
  ...removals({ file: `${SRC}/relay/relay-connection.ts`, test: RELAY }, [
    ['relay: a connection has the announced size', 'this.#announced?.total !== this.#received', 'this.#announced === undefined'],
  ]),
];
