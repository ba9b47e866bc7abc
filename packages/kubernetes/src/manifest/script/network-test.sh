# Tests the network and prints closed, open or unknown. Takes the variables python (the test in Python), patience (seconds that the
# test goes on if the network is open at first) and answer (seconds within which a server on the network of the cluster answers).
export LC_ALL=C
result() {
  if error=$("$@" 2>&1 >/dev/null </dev/null); then echo answer; return; fi
  case $error in *refused*) echo refusal ;; *) echo silence ;; esac
}
# A program that cannot tell a refusal from silence is not used.
tells_refusal() { [ "$(result "$@" 127.0.0.1 1)" = refusal ]; }
until_closed() {
  tries=${patience:?}
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
# shellcheck disable=SC2016 # bash expands it.
to_host=': <>"/dev/tcp/$0/$1"'
if [ -z "$host" ]; then echo unknown
elif command -v python3 >/dev/null 2>&1; then python3 -Ic "${python:?}" "${answer:?}" "${patience:?}"
elif tells_refusal nc -w 1; then until_closed nc -w 1 "$host" "$port"
elif tells_refusal nc -nv -w 1; then until_closed nc -nv -w 1 "$host" "$port"
elif tells_refusal timeout 1 bash -c "$to_host"; then until_closed timeout 1 bash -c "$to_host" "$host" "$port"
else echo unknown
fi
