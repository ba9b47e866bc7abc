# What the launcher says: lines that begin with the nonce of the exchange, which only this program and its client know.

# The opening line goes to both streams with all it says: either may be late, or wait behind the other.
sp_open() {
  printf '%s+%s\n' "$sp_nonce" "$1" >&3
  printf '%s+%s\n' "$sp_nonce" "$1" >&4
}
sp_close() {
  printf '%s-\n' "$sp_nonce" >&3
  printf '%s-%s\n' "$sp_nonce" "$1" >&4
}
# $1: idle `~`, or ending as it should `.`; $2: what the client must know.
sp_settle() { printf '%s%s%s\n' "$sp_nonce" "$1" "$2" >&4; }
sp_fail() { printf '%s!%s\n' "$sp_nonce" "$1" >&4; }
# For a failure in the middle of a request: what follows cannot be told apart any more.
sp_quit() { sp_fail "$1"; sp_leave 0; }
# Ends while input may be on its way. A connection that ends then is reset, and loses what was just said. Both outputs therefore stay open, and
# the input is read until the client hangs up, for a second at most.
sp_leave() {
  exec 5<&0
  "$sp_dd" bs=65536 <&5 3>&- 4>&- &
  sp_pid=$!
  exec 5<&-
  (
    trap 'kill -KILL "$sp_first"; exit' TERM
    sleep 1 & sp_first=$!
    wait "$sp_first"
    kill -KILL "$sp_pid"
  ) </dev/null 3>&- 4>&- &
  sp_first=$!
  wait "$sp_pid"
  kill -TERM "$sp_first"
  wait
  exit "$1"
}
# Runs a program of the image. Other processes of its user can open its descriptors, so that it gets none of the launcher's.
sp_tool() { "$@" </dev/null 3>&- 4>&-; }
