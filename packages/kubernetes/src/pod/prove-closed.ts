import { ProcessLost, type Sandbox } from '@sandpod/core';

/** What was found out about a pod's network. */
export type NetworkProof = 'closed' | 'open' | 'unknown';

/** Seconds that the test goes on when the network is open at first: policies act late on some networks. */
const PATIENCE_SECONDS = 10;
/** Seconds within which a server on the cluster's own network answers. */
const ANSWER_SECONDS = 0.15;
const RESULT_MS = (PATIENCE_SECONDS + 5) * 1_000;
const FILE = '/tmp/.sandpod-network';

/** Connects to the API server, which listens on every cluster, until that fails. Arguments: seconds for an answer, seconds in all. */
const PYTHON_TEST = `import os, socket, sys, time
end = time.monotonic() + float(sys.argv[2])
while True:
    try:
        socket.create_connection((os.environ["KUBERNETES_SERVICE_HOST"], int(os.environ["KUBERNETES_SERVICE_PORT"])), float(sys.argv[1])).close()
    except OSError:
        print("closed")
        break
    if time.monotonic() > end:
        print("open")
        break
    time.sleep(0.05)
`;

const SHELL_TEST = `
until_closed() {
  tries=${PATIENCE_SECONDS}
  while "$@" >/dev/null 2>&1 </dev/null; do
    tries=$((tries - 1))
    if [ "$tries" -le 0 ]; then echo open; return; fi
    sleep 1
  done
  echo closed
}
host=$KUBERNETES_SERVICE_HOST port=$KUBERNETES_SERVICE_PORT
if [ -z "$host" ]; then echo unknown
elif command -v python3 >/dev/null 2>&1; then python3 -Ic "$python" ${ANSWER_SECONDS} ${PATIENCE_SECONDS}
elif command -v nc >/dev/null 2>&1; then until_closed nc -w 1 "$host" "$port"
elif command -v bash >/dev/null 2>&1 && command -v timeout >/dev/null 2>&1; then
  until_closed timeout 1 bash -c ': <>"/dev/tcp/$0/$1"' "$host" "$port"
else echo unknown
fi`;

/**
 * Shell text for process 1: tests the network from the pod's first moment on, beside everything else.
 *
 * A pod is reported as running a good while after its process 1 began, so that the result waits when it is asked for.
 * No other program can run before the result was read.
 */
export const NETWORK_TEST: string = `{ python='${PYTHON_TEST}'; { ${SHELL_TEST}
} > ${FILE}.new 2>/dev/null; mv ${FILE}.new ${FILE}; } &`;

/** Takes the result away, so that a program never sees it; an odd one is as good as none. */
const READ_RESULT = `while [ ! -e ${FILE} ]; do sleep 0.02 2>/dev/null || sleep 1; done; cat ${FILE}; rm -f ${FILE}`;

/** Waits for the result of the test that runs inside: `open` when the network stays open, `unknown` when the image has nothing to try with. */
export async function proveClosed(sandbox: Sandbox, abortSignal: AbortSignal): Promise<NetworkProof> {
  try {
    const { stdout } = await sandbox.run({ argv: ['sh', '-c', READ_RESULT], timeoutMs: RESULT_MS, abortSignal });
    const answer = stdout.trim();
    return answer === 'closed' || answer === 'open' ? answer : 'unknown';
  } catch (error) {
    if (ProcessLost.isInstance(error) && error.outcome === 'timeout') return 'unknown';
    throw error;
  }
}
