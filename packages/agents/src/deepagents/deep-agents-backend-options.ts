export interface DeepAgentsBackendOptions {
  /** Milliseconds for one command: deepagents itself sets no limit. Default 120 s. */
  readonly timeoutMs?: number | undefined;
  /** Variables for every command. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Bytes kept of each output stream of a command, half from the start and half from the end. Default 1 MiB. */
  readonly keptOutputBytes?: number | undefined;
  /** Kills what runs: deepagents passes no signal on to its backend. */
  readonly abortSignal?: AbortSignal | undefined;
}
