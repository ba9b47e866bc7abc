/** Seconds that the test goes on when the network is open at first: policies act late on some networks. */
export const PATIENCE_SECONDS = 10;
/** Seconds within which a server on the cluster's own network answers, where none has answered yet. */
const ANSWER_SECONDS = 0.15;
/** `$0` is the start: a file that an earlier program left on a lasting volume is never taken for the result. */
const FILE = '"/tmp/.sandpod-network-$0"';

/**
 * Connects to the API server, which listens on every cluster, until that fails. Arguments: seconds for an answer, seconds in all.
 *
 * Attempts overlap, so that the end of the answers shows soon: closed is a network on which three in a row got none for ten times
 * as long as answers usually took before. Handshakes are the kernel's work; how busy the far server is makes no difference.
 *
 * A refusal proves nothing, for a server that starts again refuses too; unless a packet filter refuses, which Linux tells from
 * 5.18 on, and refuses an address that nobody has as well: some network plugins close a pod like this.
 */
export const PYTHON_TEST = `import errno, os, select, socket, struct, sys, time
address = os.environ["KUBERNETES_SERVICE_HOST"], int(os.environ["KUBERNETES_SERVICE_PORT"])
family = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)[0][0]
is_six = family == socket.AF_INET6
nobody = "2001:db8::1" if is_six else "192.0.2.1", address[1]
answer, patience = float(sys.argv[1]), float(sys.argv[2])
end = time.monotonic() + patience
poll, waiting, silent, times, refusals, filters = select.poll(), {}, [], [], 0, False

def begin(address):
    attempt = socket.socket(family, socket.SOCK_STREAM)
    attempt.setblocking(False)
    try:
        # IPV6_RECVERR or IP_RECVERR: keeps what a packet filter answers.
        attempt.setsockopt(*((41, 25, 1) if is_six else (0, 11, 1)))
    except OSError:
        pass
    return attempt, attempt.connect_ex(address)

def is_filtered(attempt):
    try:
        # Of sock_extended_err: the error, and who told of it; 2 is ICMP, 3 is ICMPv6.
        errors = [struct.unpack_from("=IB", data) for *_, data in attempt.recvmsg(0, 512, socket.MSG_ERRQUEUE)[1]]
        return any(error == errno.ECONNREFUSED and origin in (2, 3) for error, origin in errors)
    except OSError:
        return False

def filters_all():
    global filters
    # Once is enough: the kernel sends few such refusals in a second.
    if not filters:
        attempt, _ = begin(nobody)
        with attempt:
            look = select.poll()
            look.register(attempt, select.POLLOUT)
            look.poll(answer * 1000)
            filters = is_filtered(attempt)
    return filters

def learn(attempt, began, error):
    global silent, refusals
    with attempt:
        if error == 0:
            times.append(time.monotonic() - began)
            refusals = 0
        elif error == errno.ECONNREFUSED and not (is_filtered(attempt) and filters_all()):
            refusals += 1
        else:
            return
    silent = [other for other in silent if other > began]

while True:
    began = time.monotonic()
    silent.append(began)
    attempt, error = begin(address)
    if error in (0, errno.EINPROGRESS):
        waiting[attempt.fileno()] = attempt, began
        poll.register(attempt, select.POLLOUT)
    else:
        learn(attempt, began, error)
    until = began + 0.025
    now = began
    while now < until:
        now = time.monotonic()
        # The last look comes after the time that counts, so that no answer is overlooked.
        for number, _ in poll.poll(max(0, until - now) * 1000):
            poll.unregister(number)
            attempt, began = waiting.pop(number)
            learn(attempt, began, attempt.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
    usual = max(0.05, 10 * sorted(times)[len(times) // 2]) if times else answer
    is_quiet = len(silent) > 2 and now - silent[0] >= usual
    if is_quiet or refusals > 2:
        print("unknown" if refusals else "closed")
        break
    if now > end:
        print("open")
        break
`;

/** A program that cannot tell a refusal from silence is not asked. */
const SHELL_TEST = `
export LC_ALL=C
result() {
  if error=$("$@" 2>&1 >/dev/null </dev/null); then echo answer; return; fi
  case $error in *refused*) echo refusal ;; *) echo silence ;; esac
}
tells_refusal() { [ "$(result "$@" 127.0.0.1 1)" = refusal ]; }
until_closed() {
  tries=${PATIENCE_SECONDS}
  while [ "$tries" -gt 0 ]; do
    case $(result "$@" & result "$@" & result "$@" & wait) in
      *answer*) ;;
      silence*silence*silence) echo closed; return ;;
      *) echo unknown; return ;;
    esac
    tries=$((tries - 1))
    sleep 1
  done
  echo open
}
host=$KUBERNETES_SERVICE_HOST port=$KUBERNETES_SERVICE_PORT
case $host in *:*) ;; *[!0-9.]*) host= ;; esac
to_host=': <>"/dev/tcp/$0/$1"'
if [ -z "$host" ]; then echo unknown
elif command -v python3 >/dev/null 2>&1; then python3 -Ic "$python" ${ANSWER_SECONDS} ${PATIENCE_SECONDS}
elif tells_refusal nc -w 1; then until_closed nc -w 1 "$host" "$port"
elif tells_refusal nc -nv -w 1; then until_closed nc -nv -w 1 "$host" "$port"
elif tells_refusal timeout 1 bash -c "$to_host"; then until_closed timeout 1 bash -c "$to_host" "$host" "$port"
else echo unknown
fi`;

/** Shell text that tests the network and tells the result on standard output. */
export const TEST: string = `python='${PYTHON_TEST}'; ${SHELL_TEST}`;

/**
 * Shell text for process 1: tests the network from the pod's first moment on, beside everything else.
 *
 * A pod is reported as running a good while after its process 1 began, so that the result waits when it is asked for.
 * No other program can run before the result was read.
 */
export const NETWORK_TEST: string = `{ { ${TEST}
} > ${FILE}.new 2>/dev/null; mv ${FILE}.new ${FILE}; } &`;

/** Takes the result away, so that a program never sees it; an odd one is as good as none. */
export const READ_RESULT = `while [ ! -e ${FILE} ]; do sleep 0.01 2>/dev/null || sleep 1; done; cat ${FILE}; rm -f ${FILE}`;
