import type { ResultImagesOptions } from '../shared/index.ts';

export interface CodeToolOptions {
  /** Default `run_code`. Some models take words such as `python` for tools of their own. */
  readonly name?: string | undefined;
  /** Default: written from the executor's capabilities. */
  readonly description?: string | undefined;
  /** Milliseconds for one call, waiting and start-up excluded. Default: the executor's own limit. */
  readonly timeoutMs?: number | undefined;
  /** Variables for the code. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Characters of output that the model reads, half of them from the start and half from the end. Default 20,000. */
  readonly maxCharacters?: number | undefined;
  /** Which files that a run made or changed are in the artifact: true for all (default), false, or globs. */
  readonly collectFiles?: boolean | readonly string[] | undefined;
  /** Limits of the images that the model sees; false: it sees none. */
  readonly images?: ResultImagesOptions | false | undefined;
}
