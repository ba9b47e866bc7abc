import type { CodeExecutor, Sandbox } from '@sandpod/core';

export type McpServerOptions = (
  | {
      /** Runs the code and the commands; its files are those of the file tools. It stays its owner's. */
      readonly executor: CodeExecutor;
      readonly sandbox?: never;
    }
  | {
      /** Gives the tools for commands and files, but not `run_code`. It stays its owner's. */
      readonly sandbox: Sandbox;
      readonly executor?: never;
    }
) & {
  /** How the server calls itself. Default `sandpod`. */
  readonly name?: string | undefined;
  /** Default `0.0.0`. */
  readonly version?: string | undefined;
  /** Milliseconds for one call, waiting and start-up excluded. Default: the executor's own limit; 60 s for a sandbox. */
  readonly timeoutMs?: number | undefined;
  /** Characters of output or of a file that the model reads, half of them from the start and half from the end. Default 20,000. */
  readonly maxCharacters?: number | undefined;
};
