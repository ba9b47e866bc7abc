import { NETWORK_RESULT, PYTHON_TEST, SHELL_TEST } from './script/scripts.generated.ts';

/** Number of seconds for which the test continues if the network is open at first. Some networks enforce policies late. */
export const PATIENCE_SECONDS = 10;
/** The assumed response time of a server in the cluster's network, in seconds, until a server has answered. */
const ANSWER_SECONDS = 0.15;

/** Shell text that tests the network and prints the result. */
export const TEST: string = `python='${PYTHON_TEST}' patience=${PATIENCE_SECONDS} answer=${ANSWER_SECONDS}\n${SHELL_TEST}`;

/** The file to which process 1 writes the result; `$0` identifies the start. */
const FILE = '"/tmp/.sandpod-network-$0"';

/**
 * Shell text for process 1, which tests the network in the background as soon as the pod starts.
 *
 * The cluster reports a pod as running some time after process 1 has started, so the result is ready when it is needed. No other program
 * can run before the result has been read.
 */
export const NETWORK_TEST: string = `{ { ${TEST}
} > ${FILE}.new 2>/dev/null; mv ${FILE}.new ${FILE}; } &`;

/** Shell text that waits for the result of process 1 and prints it. */
export const READ_RESULT: string = NETWORK_RESULT;
