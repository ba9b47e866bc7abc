# The keeper: the container's main process. When the time in the file `end` has come, it exits with 0, and the container ends with it.
#
# $1 is the first end, in centiseconds from now, or `never`; it is empty after a restart. $2 is the same by the client's clock, which is kept
# in the file only for clients. The file `keeper` holds this program, and the directory `bin` the programs for launchers.
# The file `nap` holds the end for which the keeper sleeps and the process that sleeps, or `ending` while the keeper decides whether to end.

# Sets sp_end to the wanted end. Fails, with the last end that was read, while a client is writing the file.
sp_read_end() {
  sp_end=
  # shellcheck disable=SC2034
  read -r sp_end sp_rest <end
  case $sp_end in never) ;; '' | *[!0-9]*) sp_end=$sp_known; return 1 ;; esac
  sp_known=$sp_end
}

# A client that moves the end ends this sleep.
sp_nap() {
  sleep "$1" &
  echo "$sp_end $!" >nap
  wait "$!"
}

sp_is_over() {
  [ "$sp_end" != never ] || return 1
  sp_clock
  [ "$sp_now" -ge "$sp_end" ]
}

# Copies program $1 for the launchers.
sp_hide() {
  sp_rest=$PATH:
  until [ -x "${sp_rest%%:*}/$1" ]; do
    sp_rest=${sp_rest#*:}
    [ -n "$sp_rest" ] || return 1
  done
  cat "${sp_rest%%:*}/$1" >"new/$1"
}

# Every user can execute the copies, and none can read them, so that the kernel closes the memory and the descriptors of what runs from them
# to other processes, also to those of the same user.
sp_hide_all() {
  mkdir -m 0711 new && sp_hide dd && sp_hide sh && chmod 0111 new/dd new/sh || return 1
  # Some runtimes have to read what they execute.
  new/sh -c : || chmod 0555 new/dd new/sh
  mv new bin
}

exec 2>/dev/null
sp_known=0
if [ -n "$1" ]; then
  sleep 0 || exit 127
  sp_clock
  case $1 in never) sp_known=never ;; *) sp_known=$((sp_now + $1)) ;; esac
  echo "$sp_known $2" >end
  [ -d bin ] || sp_hide_all || exit 127
fi
# A failed fork ends the shell. Forks fail while guest programs have as many processes as the container may have.
trap 'exec sh keeper ""' EXIT
trap 'trap - EXIT; exit 143' HUP INT TERM
sp_misses=0
while :; do
  sp_read_end && sp_misses=0
  if sp_is_over; then
    # Moved before this line, the end is read again below; moved later, the client reads this word and waits for the decision.
    echo ending >nap
    if sp_read_end; then
      sp_is_over && break
    else
      sp_misses=$((sp_misses + 1))
      [ "$sp_misses" -lt 4 ] || { trap - EXIT; exit 4; }
    fi
    sp_nap 1
    continue
  fi
  # Short enough that the time for which the machine was suspended, which sleep does not count, delays the end by a minute at most.
  sp_left=6000
  [ "$sp_end" = never ] || [ $((sp_end - sp_now)) -gt 6000 ] || sp_left=$((sp_end - sp_now))
  sp_nap $(((sp_left + 99) / 100))
done
trap - EXIT
exit 0
