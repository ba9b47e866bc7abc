import { ProcessLost, type Sandbox } from '@sandpod/core';

/** What was found out about a pod's network. */
export type NetworkProof = 'closed' | 'open' | 'unknown';

/** Seconds that the test goes on when the network is open at first: policies act late on some networks. */
const PATIENCE_SECONDS = 10;
/** Seconds within which a server on the cluster's own network answers, where none has answered yet. */
const ANSWER_SECONDS = 0.15;
const RESULT_MS = (PATIENCE_SECONDS + 5) * 1_000;
const FILE = '/tmp/.sandpod-network';

/**
 * Connects to the API server, which listens on every cluster, until that fails. Arguments: seconds for an answer, seconds in all.
 *
 * Attempts overlap, so that the end of the answers shows soon: closed is a network on which three in a row got none for ten times
 * as long as answers usually took before. Handshakes are the kernel's work; how busy the far server is makes no difference.
 */
export const PYTHON_TEST = `import errno, os, select, socket, sys, time
address = os.environ["KUBERNETES_SERVICE_HOST"], int(os.environ["KUBERNETES_SERVICE_PORT"])
family = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)[0][0]
answer, patience = float(sys.argv[1]), float(sys.argv[2])
end = time.monotonic() + patience
poll, waiting, silent, times = select.poll(), {}, [], []
while True:
    attempt = socket.socket(family, socket.SOCK_STREAM)
    attempt.setblocking(False)
    began = time.monotonic()
    silent.append(began)
    if attempt.connect_ex(address) in (0, errno.EINPROGRESS):
        waiting[attempt.fileno()] = attempt, began
        poll.register(attempt, select.POLLOUT)
    until = began + 0.025
    now = began
    while now < until:
        now = time.monotonic()
        # The last look comes after the time that counts, so that no answer is overlooked.
        for number, _ in poll.poll(max(0, until - now) * 1000):
            poll.unregister(number)
            attempt, began = waiting.pop(number)
            if attempt.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0:
                times.append(time.monotonic() - began)
                silent = [other for other in silent if other > began]
            attempt.close()
    usual = max(0.05, 10 * sorted(times)[len(times) // 2]) if times else answer
    if len(silent) > 2 and now - silent[0] >= usual:
        print("closed")
        break
    if now > end:
        print("open")
        break
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

/** Shell text that tests the network and tells the result on standard output. */
const TEST = `python='${PYTHON_TEST}'; ${SHELL_TEST}`;

/**
 * Shell text for process 1: tests the network from the pod's first moment on, beside everything else.
 *
 * A pod is reported as running a good while after its process 1 began, so that the result waits when it is asked for.
 * No other program can run before the result was read.
 */
export const NETWORK_TEST: string = `{ { ${TEST}
} > ${FILE}.new 2>/dev/null; mv ${FILE}.new ${FILE}; } &`;

/** Takes the result away, so that a program never sees it; an odd one is as good as none. */
const READ_RESULT = `while [ ! -e ${FILE} ]; do sleep 0.01 2>/dev/null || sleep 1; done; cat ${FILE}; rm -f ${FILE}`;

/** Waits for the result of the test that runs inside: `open` when the network stays open, `unknown` when the image has nothing to try with. */
export async function proveClosed(
  sandbox: Sandbox,
  options: {
    /** True: process 1 began the test. False: it is somebody else's, and the test begins now. */
    readonly isTesting: boolean;
    readonly abortSignal: AbortSignal;
  },
): Promise<NetworkProof> {
  const { isTesting, abortSignal } = options;
  const script = isTesting ? READ_RESULT : TEST;
  try {
    const { stdout } = await sandbox.run({ argv: ['sh', '-c', script], timeoutMs: RESULT_MS, abortSignal });
    const answer = stdout.trim();
    return answer === 'closed' || answer === 'open' ? answer : 'unknown';
  } catch (error) {
    if (ProcessLost.isInstance(error) && error.outcome === 'timeout') return 'unknown';
    throw error;
  }
}
