import { expect, test } from 'vitest';
import { ExecSandbox } from './exec-sandbox.ts';

const SANDBOX = {
  id: 'x',
  description: 'x',
  workspace: '/workspace',
  limits: { cpus: 1, memoryBytes: 1, processes: 1, workspaceBytes: 1, outputBytes: 1 },
  capabilities: {
    stdin: true,
    backgroundProcesses: true,
    shellStreaming: true,
    signals: true,
    attach: false,
    ports: false,
    pause: false,
    terminal: false,
    network: 'closed',
    kernel: 'real',
    enforces: [],
  },
  transport: { halfClose: true, open: () => Promise.reject(new Error('Nothing is opened before the first use.')) },
  destroy: () => Promise.resolve(),
} as const;

test('a sandbox reports its grace, from which an executor calculates how long a program may take to end', () => {
  expect(new ExecSandbox({ ...SANDBOX, graceMs: 9_000 }).graceMs).toBe(9_000);
  expect(new ExecSandbox(SANDBOX).graceMs).toBe(2_000);
});
