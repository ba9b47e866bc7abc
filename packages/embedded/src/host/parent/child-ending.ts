import { withoutHostPaths } from '../without-host-paths.ts';

/** What `die` writes before its reason. */
const OWN_REASON = /^sandpod: (.+)$/m;
/** What V8, Node and the C++ library print before they end the process because memory could not be allocated. */
const OUT_OF_MEMORY =
  /heap out of memory|Fatal process out of memory|Fatal JavaScript invalid size error|Allocation failed|allocation failed|std::bad_alloc/;
const ERROR_LINE = /^.*(?:Error\b|ERROR\b|Fatal\b|Assertion\b).*$/m;

/** Why a child process ended. */
export interface ChildEnding {
  /** One sentence, without paths of this machine. */
  readonly reason: string;
  readonly isOutOfMemory: boolean;
}

/** Explains the end of a child process from what was `observed` and from what it printed for diagnosis. */
export function explainEnding({ observed, stderr }: { readonly observed: string; readonly stderr: string }): ChildEnding {
  const [, own] = OWN_REASON.exec(stderr) ?? [];
  if (own !== undefined) return { reason: own, isOutOfMemory: false };
  if (OUT_OF_MEMORY.test(stderr)) {
    return {
      reason: 'A program used up the memory of the sandbox, so the sandbox has ended, and its files are gone.',
      isOutOfMemory: true,
    };
  }
  const [line] = ERROR_LINE.exec(stderr) ?? [];
  const detail = line === undefined ? '' : ` (${withoutHostPaths(line.trim()).slice(0, 300)})`;
  return { reason: `The sandbox's child process has ended: ${withoutHostPaths(observed)}${detail}.`, isOutOfMemory: false };
}
