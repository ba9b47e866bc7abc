/** Why the sandbox lacks something. Messages of the interpreters contain these clauses, and hints recognize them. */
export const NO_NETWORK = 'the sandbox has no network';
export const NO_PROCESSES = 'the sandbox cannot start other programs';
export const NO_SYSTEM = 'the sandbox has no operating system';
export const NO_SIGNALS = 'the sandbox has no signals';
export const NO_TERMINAL = 'the sandbox has no terminal';
export const NO_SCREEN = 'the sandbox has no screen';
export const NO_LIBRARIES = 'the sandbox cannot load C libraries';
export const NO_PACKAGES = 'the sandbox has no package index';
export const ONE_THREAD = 'the sandbox has one thread only';
export const NOT_INCLUDED = 'it is not part of the sandbox';

/** What to do without a network. */
export const INSTEAD_OF_NETWORK = 'Work with files in the working directory, or put the data into the code.';
