# Connects to the API server, which listens on every cluster, until that fails. Prints closed, open or unknown.
# Arguments: seconds for an answer, seconds in all.
#
# Attempts overlap, so that the end of the answers shows soon: a network is closed when three attempts in a row got no
# answer for ten times as long as answers usually took before. Handshakes are the kernel work of the far side; how busy
# the server is makes no difference.
#
# A refusal proves nothing, because a server that restarts refuses too. Some network plugins close a pod by refusing:
# Linux reports from 5.18 on that a packet filter refused, and such a filter refuses an address that nobody has as well.
import errno, os, select, socket, struct, sys, time
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
        # IPV6_RECVERR or IP_RECVERR: keeps the answer of a packet filter.
        attempt.setsockopt(*((41, 25, 1) if is_six else (0, 11, 1)))
    except OSError:
        pass
    return attempt, attempt.connect_ex(address)

def is_filtered(attempt):
    try:
        # Of sock_extended_err: the error, and its origin; 2 is ICMP, 3 is ICMPv6.
        errors = [struct.unpack_from("=IB", data) for *_, data in attempt.recvmsg(0, 512, socket.MSG_ERRQUEUE)[1]]
        return any(error == errno.ECONNREFUSED and origin in (2, 3) for error, origin in errors)
    except OSError:
        return False

def filters_all():
    global filters
    # Once is enough: the kernel sends few such refusals each second.
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
        # The last poll comes after the time that counts, so that no answer is missed.
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
