import { NETWORK_RESULT, PYTHON_TEST, SHELL_TEST } from './script/scripts.generated.ts';

/** Seconds that the test goes on if the network is open at first: policies act late on some networks. */
export const PATIENCE_SECONDS = 10;
/** Seconds within which a server on the cluster's own network answers, if none has answered yet. */
const ANSWER_SECONDS = 0.15;

/** Shell text that tests the network and prints the result. */
export const TEST: string = `python='${PYTHON_TEST}' patience=${PATIENCE_SECONDS} answer=${ANSWER_SECONDS}\n${SHELL_TEST}`;

/** Where process 1 leaves the result; `$0` is the start. */
const FILE = '"/tmp/.sandpod-network-$0"';

/**
 * Shell text for process 1: tests the network from the pod's first moment on, beside everything else.
 *
 * A pod is reported as running a good while after its process 1 began, so that the result is ready when it is needed.
 * No other program can run before the result was read.
 */
export const NETWORK_TEST: string = `{ { ${TEST}
} > ${FILE}.new 2>/dev/null; mv ${FILE}.new ${FILE}; } &`;

/** Shell text that waits for the result of process 1 and prints it. */
export const READ_RESULT: string = NETWORK_RESULT;
