import { setTimeout as pause } from 'node:timers/promises';
import type { Sandbox } from '@sandpod/core';

/** What was found out about a pod's network. */
export type NetworkProof = 'closed' | 'open' | 'unknown';

/** A server on the cluster's own network answers within this time. */
const ANSWER_MS = 150;
/** Policies act late on some networks. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 100;

/** Connects to the API server, which listens on every cluster; prints what became of it. Arguments: seconds to wait. */
const PYTHON_PROBE = `
import os, socket, sys
try:
    socket.create_connection((os.environ['KUBERNETES_SERVICE_HOST'], int(os.environ['KUBERNETES_SERVICE_PORT'])), float(sys.argv[1])).close()
    print('open')
except Exception as error:
    print('closed')
`;
const SHELL_PROBE = `
host=$KUBERNETES_SERVICE_HOST port=$KUBERNETES_SERVICE_PORT
if [ -z "$host" ]; then echo unknown
elif command -v python3 >/dev/null 2>&1; then exec python3 -c "$1" "$2"
elif command -v nc >/dev/null 2>&1; then if nc -w 1 "$host" "$port" </dev/null >/dev/null 2>&1; then echo open; else echo closed; fi
elif command -v bash >/dev/null 2>&1 && command -v timeout >/dev/null 2>&1; then
  if timeout 1 bash -c ': <>"/dev/tcp/$0/$1"' "$host" "$port" 2>/dev/null; then echo open; else echo closed; fi
else echo unknown
fi`;

/** Tries the network from inside until it is closed; `open` when it stays open, `unknown` when the image has nothing to try with. */
export async function proveClosed(sandbox: Sandbox, abortSignal: AbortSignal): Promise<NetworkProof> {
  const startedMs = performance.now();
  for (;;) {
    const proof = await probe(sandbox, abortSignal);
    if (proof !== 'open' || performance.now() - startedMs > PATIENCE_MS) return proof;
    await pause(PAUSE_MS, undefined, { signal: abortSignal });
  }
}

async function probe(sandbox: Sandbox, abortSignal: AbortSignal): Promise<NetworkProof> {
  const { stdout } = await sandbox.run({ argv: ['sh', '-c', SHELL_PROBE, 'sh', PYTHON_PROBE, String(ANSWER_MS / 1_000)], abortSignal });
  const answer = stdout.trim();
  return answer === 'closed' || answer === 'open' ? answer : 'unknown';
}
