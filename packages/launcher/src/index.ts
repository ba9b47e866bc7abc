export { ExecSandbox, type ExecSandboxOptions } from './exec-sandbox.ts';
export type { ExecChannel, ExecOpenOptions, ExecTransport } from './exec-transport.ts';
export { HiddenShell } from './hidden-shell.ts';
export { LAUNCHER_ARGV } from './launcher-argv.ts';
export { LauncherLost } from './launcher-failure.ts';
export type { LossExplanation } from './launcher-host.ts';
export { LauncherPool } from './launcher-pool.ts';
export { RELAY_PROGRAMS, type RelayProgram } from './relay/relay-programs.ts';
export { LAUNCHER_SCRIPT } from './script/scripts.generated.ts';
