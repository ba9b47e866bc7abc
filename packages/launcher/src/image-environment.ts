import type { Environment, Lack, Limits } from '@sandpod/core';

const SUMMARY =
  'The image decides which packages and commands there are: check before you use one (python3 -m pip list, command -v NAME), or use the standard library.';

const CLOSED = 'The network is closed, so nothing can be installed';

/** The names that no image needs to have. The name `*` stands for everything that a program did not find. */
const CLOSED_LACKS: readonly Lack[] = [
  {
    kind: 'feature',
    names: ['network'],
    reason: 'The sandbox has no access to the network.',
    instead: 'Nothing can be downloaded or installed. Work with files in the working directory, or put the data into the code.',
  },
  {
    kind: 'module',
    language: 'python',
    names: ['*'],
    reason: 'The image does not have this package.',
    instead: `${CLOSED}. List the packages with python3 -m pip list, or use the standard library.`,
  },
  {
    kind: 'module',
    language: 'javascript',
    names: ['*'],
    reason: 'The image does not have this package.',
    instead: `${CLOSED}. Use the modules of Node.`,
  },
  { kind: 'command', names: ['*'], reason: 'The image does not have this command.', instead: `${CLOSED}. Use another program.` },
];

const OPEN_LACKS: readonly Lack[] = [
  {
    kind: 'module',
    language: 'python',
    names: ['*'],
    reason: 'The image does not have this package.',
    instead: 'Try to install it with python3 -m pip install, or use the standard library.',
  },
  {
    kind: 'module',
    language: 'javascript',
    names: ['*'],
    reason: 'The image does not have this package.',
    instead: 'Try to install it with npm install, or use the modules of Node.',
  },
  { kind: 'command', names: ['*'], reason: 'The image does not have this command.', instead: 'Use another program.' },
];

/** Describes what programs find in a container of any image, as far as that is known without a look into the image. */
export function imageEnvironment({ isClosed, limits }: { readonly isClosed: boolean; readonly limits: Limits }): Environment {
  return { summary: SUMMARY, provides: [], lacks: isClosed ? CLOSED_LACKS : OPEN_LACKS, limits };
}
