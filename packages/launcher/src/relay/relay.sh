# Becomes the first program that the image has of those the client sends, to copy bytes between standard input and output and a TCP port of
# the loopback interface. Control lines go to standard error and begin with the nonce; standard output has nothing but the service's bytes.

# Whether a program listens on the port; without a connection to it, which a service might count.
sp_listens() {
  sp_hex=$(printf '%04X' "$sp_port")
  for sp_name in /proc/net/tcp /proc/net/tcp6; do
    [ -r "$sp_name" ] || continue
    while IFS=' ' read -r sp_part sp_line sp_part sp_text sp_part; do
      case $sp_text in 0A) case $sp_line in *":$sp_hex") return 0 ;; esac ;; esac
    done <"$sp_name"
  done
  return 1
}
# For nc, which reports neither that it is connected nor that it cannot: looks every 50 ms, or every second where sleep takes no fraction.
sp_await_listener() {
  sp_left=$((sp_wait / 50))
  until sp_listens; do
    [ "$sp_left" -gt 0 ] || return 1
    sp_left=$((sp_left - 1))
    sleep 0.05 || { sleep 1; sp_left=$((sp_left - 19)); }
  done
}
# Ends with the connection, with everything that it started: the platform began a process group for this exec.
sp_relay_by() {
  sp_await_listener || { sp_fail refused; return; }
  printf '%s+nc\n' "$sp_nonce" >&4
  exec 6<&0
  # Not cat: that of busybox splices, and then keeps the reader of a pipe waiting until more data comes.
  { dd bs=65536 <&6; sleep 0.2 || sleep 1; kill -KILL 0; } | { "$@" 127.0.0.1 "$sp_port" >&3 && printf '%s-\n' "$sp_nonce" >&4; kill -KILL 0; }
}
sp_item; sp_nonce=$sp_value
sp_item; sp_port=$sp_value
sp_item; sp_wait=$sp_value
sp_item; sp_left=$sp_value
sp_program=
while [ "$sp_left" -gt 0 ]; do
  sp_left=$((sp_left - 1))
  sp_item; sp_name=$sp_value
  sp_item
  [ -z "$sp_program" ] && command -v "$sp_name" && sp_program=$sp_name sp_code=$sp_value
done
sp_stat self
printf '%s@%s %s\n' "$sp_nonce" "${sp_stat_line%% *}" "$sp_start" >&4
set -- "$sp_code" "$sp_nonce" "$sp_port" "$sp_wait"
case $sp_program in
python3) exec python3 -ISc "$@" >&3 2>&4 3>&- 4>&- ;;
node) exec node -e "$@" >&3 2>&4 3>&- 4>&- ;;
perl) exec perl -e "$@" >&3 2>&4 3>&- 4>&- ;;
bash) shift; exec bash -c "$sp_code" bash "$@" >&3 2>&4 3>&- 4>&- ;;
busybox) sp_relay_by busybox nc ;;
nc) sp_relay_by nc ;;
*) sp_fail missing ;;
esac
