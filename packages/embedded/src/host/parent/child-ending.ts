import { withoutHostPaths } from '../without-host-paths.ts';

/** Matches the line that `die` writes, which contains the reason. */
const OWN_REASON = /^sandpod: (.+)$/m;
/** Matches messages that V8, Node and the C++ library print before they end a process that cannot allocate memory. */
const OUT_OF_MEMORY =
  /heap out of memory|Fatal process out of memory|Fatal JavaScript invalid size error|Allocation failed|allocation failed|std::bad_alloc/;
const ERROR_LINE = /^.*(?:Error\b|ERROR\b|Fatal\b|Assertion\b).*$/m;

/** The reason why a child process ended. */
export interface ChildEnding {
  /** One sentence, without paths from this machine. */
  readonly reason: string;
  readonly isOutOfMemory: boolean;
}

/** Explains why a child process ended, from the `observed` event and from its standard error. */
export function explainEnding({ observed, stderr }: { readonly observed: string; readonly stderr: string }): ChildEnding {
  const [, own] = OWN_REASON.exec(stderr) ?? [];
  if (own !== undefined) return { reason: own, isOutOfMemory: false };
  if (OUT_OF_MEMORY.test(stderr)) {
    return {
      reason: 'A program used up the memory of the sandbox. The sandbox has ended, and its files are gone.',
      isOutOfMemory: true,
    };
  }
  const [line] = ERROR_LINE.exec(stderr) ?? [];
  const detail = line === undefined ? '' : ` (${withoutHostPaths(line.trim()).slice(0, 300)})`;
  return { reason: `The sandbox's child process has ended: ${withoutHostPaths(observed)}${detail}.`, isOutOfMemory: false };
}
