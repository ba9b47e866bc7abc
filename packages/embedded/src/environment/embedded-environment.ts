import type { Environment, Lack, Limits } from '@sandpod/core';
import { SHELL_COMMANDS } from '../host/shell-commands.ts';
import * as javascript from './javascript-lacks.ts';
import { type LackGroup, toLacks } from './listed-lacks.ts';
import * as python from './python-lacks.ts';
import { PYTHON_MODULES } from './python-modules.ts';
import { INSTEAD_OF_NETWORK, NO_NETWORK, NO_PROCESSES, ONE_THREAD } from './reasons.ts';
import { ABSENT_COMMANDS, ABSENT_SHELL_FEATURES } from './shell-lacks.ts';

const INTERPRETERS = ['python3', 'python', 'node', 'sh', 'bash'];

/** Tells a model what it would otherwise try in vain. Each character is sent with every request, so this text names only common things. */
export const SUMMARY: string = [
  'Python has only its standard library: no numpy, pandas, matplotlib or pip, no threads, no subprocesses; draw charts as SVG files.',
  'JavaScript is QuickJS with the basic Node modules: no npm packages, http, stream or zlib.',
  'The shell has the usual tools, jq and awk, but no curl, git, bc, zip, compilers or background jobs.',
].join(' ');

const ABSENT_PYTHON_FEATURES: readonly LackGroup[] = [
  { reason: NO_PROCESSES, names: ['subprocess.Popen'], instead: 'Run commands in an sh block.' },
  { reason: ONE_THREAD, names: ['threading.Thread.start'], instead: 'Call functions one after another, or use asyncio.' },
];

/** Returns the functions of a group with the name of their module, for example `os.fork`. */
function qualified(module: 'os' | 'signal'): LackGroup[] {
  return python.ABSENT_PYTHON_FUNCTIONS[module].map((group) => ({ ...group, names: group.names.map((name) => `${module}.${name}`) }));
}

const LACKS: readonly Lack[] = [
  ...toLacks([{ reason: NO_NETWORK, names: ['network'], instead: INSTEAD_OF_NETWORK }], { kind: 'feature' }),
  ...toLacks([...python.ABSENT_PYTHON_MODULES, ...python.ABSENT_INTERNAL_MODULES, ...python.ABSENT_PYTHON_PACKAGES], {
    kind: 'module',
    language: 'python',
  }),
  ...toLacks([...ABSENT_PYTHON_FEATURES, ...qualified('os'), ...qualified('signal')], { kind: 'feature', language: 'python' }),
  ...toLacks([...javascript.ABSENT_NODE_MODULES, ...javascript.ABSENT_NPM_PACKAGES], { kind: 'module', language: 'javascript' }),
  ...toLacks(javascript.ABSENT_JAVASCRIPT_FEATURES, { kind: 'feature', language: 'javascript' }),
  ...toLacks(javascript.ABSENT_TYPESCRIPT_FEATURES, { kind: 'feature', language: 'typescript' }),
  ...toLacks(ABSENT_COMMANDS, { kind: 'command' }),
  ...toLacks(ABSENT_SHELL_FEATURES, { kind: 'feature', language: 'sh' }),
];

/** Describes what programs find in an embedded sandbox. Tests compare the lists with a real sandbox. */
export function embeddedEnvironment(limits: Limits): Environment {
  return {
    summary: SUMMARY,
    provides: [
      { kind: 'module', language: 'python', names: PYTHON_MODULES },
      { kind: 'module', language: 'javascript', names: javascript.NODE_MODULES },
      { kind: 'command', names: [...INTERPRETERS, ...SHELL_COMMANDS] },
    ],
    lacks: LACKS,
    limits,
  };
}
