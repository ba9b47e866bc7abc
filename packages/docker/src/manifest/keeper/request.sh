# A request to the keeper, which a client runs as the keeper's user: $1 is the verb, $2 the end in centiseconds from now, or `never`, and $3 the
# same by the client's clock. Prints the time, the end, whether the sandbox was claimed, and the end by the clock of the client that set it, for
# example `12345 67890 0 1700000000000`.

sp_move() {
  sp_clock
  case $1 in never) sp_new=never ;; *) sp_new=$((sp_now + $1)) ;; esac
  echo "$sp_new $2" >end || exit 4
  for sp_try in 1 2 3 4; do
    read -r sp_end sp_sleeper <nap
    # When its sleep is over, the keeper reads the new end. If there is no such process, it was about to begin another sleep for the old end.
    [ "$sp_end" != ending ] && kill "$sp_sleeper" && return
    [ "$sp_try" = 4 ] || sleep 1
  done 2>/dev/null
  exit 4
}

sp_renew() {
  read -r sp_end sp_rest <end
  [ "$sp_end" = never ] && return
  [ "$1" = never ] || { sp_clock; [ "$sp_end" -ge $((sp_now + $1)) ] && return; }
  sp_move "$1" "$2"
}

case $1 in
move) sp_move "$2" "$3" ;;
renew) sp_renew "$2" "$3" ;;
# One of many clients at once creates the file.
claim) (set -C; echo >claimed) 2>/dev/null || exit 5 ;;
release) rm -f claimed || exit 4 ;;
esac
sp_clock
read -r sp_end sp_rest <end
sp_claimed=0
[ -e claimed ] && sp_claimed=1
echo "$sp_now $sp_end $sp_claimed $sp_rest"
