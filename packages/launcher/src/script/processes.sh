# Finding and ending all that a run started, with nothing but builtins: when a run has used up its processes, nothing can
# be forked. `kill -NAME "-group"` is the one spelling that dash, bash and busybox share.

# Hundredths of a second since the system started.
sp_clock() {
  IFS=' ' read -r sp_now sp_part </proc/uptime
  sp_now=${sp_now%.*}${sp_now#*.}
  # A leading zero would make the number octal.
  while :; do case $sp_now in 0?*) sp_now=${sp_now#0} ;; *) break ;; esac; done
}
# Whether process $1 has ended. The first thread of a process can end before the others do; it then looks like a zombie.
sp_is_over() {
  case $sp_state in Z | X) ;; *) return 1 ;; esac
  set -- "/proc/$1/task"/*
  [ "$#" -le 1 ]
}
# Whether process $1 has this run's mark in its environment: 0 yes, 1 another run's, 2 none.
sp_mark() {
  sp_verdict=2
  while IFS= read -r sp_part || [ "$sp_part" ]; do
    case $sp_part in
    *"SANDPOD_RUN=$sp_id"*) sp_verdict=0; break ;;
    *SANDPOD_RUN=*) sp_verdict=1 ;;
    esac
  done <"/proc/$1/environ"
  return "$sp_verdict"
}
sp_belongs() {
  case $sp_roots in *" $1 "* | *" $sp_sid "* | *" $sp_pgrp "*) return 0 ;; esac
  case $sp_victims in *" $sp_ppid "*) return 0 ;; esac
  [ "$sp_ppid" = "$sp_launcher" ] && return 0
  [ "$sp_start" -ge "$sp_since" ] || return 1
  sp_mark "$1" && return 0
  [ "$sp_owns" ] && [ "$sp_ppid" = 1 ] || return 1
  [ "$sp_verdict" = 2 ] || [ -z "$sp_spare" ]
}
# Adds the processes that sp_rule selects to sp_victims; fails when there was none. With sp_freeze each is stopped, so that it cannot start more.
sp_find() {
  sp_news=
  for sp_process in /proc/[0-9]*; do
    sp_process=${sp_process#/proc/}
    case $sp_skip$sp_victims in *" $sp_process "*) continue ;; esac
    sp_stat "$sp_process" || { sp_vanished=1; continue; }
    sp_is_over "$sp_process" && continue
    "$sp_rule" "$sp_process" || continue
    sp_victims="$sp_victims$sp_process "
    [ "$sp_sid" = "$sp_process" ] && sp_roots="$sp_roots$sp_process "
    [ "$sp_freeze" ] && kill -STOP "$sp_process"
    sp_news=1
  done
  [ "$sp_news" ]
}
# Kills until nothing is left, for five seconds at most.
sp_sweep() {
  sp_freeze=1
  sp_clock
  sp_until=$((sp_now + 500))
  while [ "$sp_now" -lt "$sp_until" ]; do
    sp_victims=' '
    while sp_find; do :; done
    [ "$sp_victims" = ' ' ] && return 0
    # shellcheck disable=SC2086 # A list of numbers.
    kill -KILL $sp_victims
    sp_clock
  done
  return 1
}
sp_kill() {
  sp_item; sp_id=$sp_value
  sp_item; sp_roots=" $sp_value "
  sp_item; sp_since=$sp_value
  sp_item; sp_spare=$sp_value
  # Another process may have got the number since.
  sp_stat "${sp_roots# }" && [ "$sp_start" != "$sp_since" ] && sp_roots=' '
  sp_rule=sp_belongs sp_launcher=none sp_skip=" $$ "
  sp_open
  sp_sweep
  sp_close "$?"
}
# Whether the process that a run began with is still there.
sp_look() {
  sp_item; sp_pid=$sp_value
  sp_item
  sp_answer=gone
  sp_stat "$sp_pid" && [ "$sp_start" = "$sp_value" ] && ! sp_is_over "$sp_pid" && sp_answer=there
  sp_open
  sp_close "$sp_answer"
}
# Sends a signal to the process that a run began with and to its process group. Without setsid, a program is in the launcher's own group; then
# the signal goes to the program and its descendants.
sp_signal() {
  sp_item; sp_pid=$sp_value
  sp_item; sp_since=$sp_value
  sp_item
  sp_open
  sp_status=0
  if sp_stat "$sp_pid" && [ "$sp_start" = "$sp_since" ] && ! sp_is_over "$sp_pid"; then
    if [ "$sp_pgrp" = "$sp_pid" ]; then
      kill "-$sp_value" "-$sp_pid"
    else
      sp_rule=sp_descends sp_freeze='' sp_skip=" $$ " sp_victims=" $sp_pid "
      while sp_find; do :; done
      # shellcheck disable=SC2086 # A list of numbers.
      kill "-$sp_value" $sp_victims
    fi
    sp_status=$?
  fi
  sp_close "$sp_status"
}
sp_descends() { case $sp_victims in *" $sp_ppid "*) return 0 ;; esac; return 1; }
# Writes hundredths of a second as seconds.
sp_seconds() {
  if [ "$sp_fractions" ]; then
    sp_text=$(($1 % 100))
    case $sp_text in ?) sp_text=0$sp_text ;; esac
    sp_text=$(($1 / 100)).$sp_text
  else
    sp_text=$((($1 + 99) / 100))
  fi
}
# The time limit of a run, in a process of its own: TERM, grace, KILL. It forks before the run begins and never after.
sp_guard() {
  sp_cancelled='' sp_hurry=''
  trap 'sp_cancelled=1' TERM
  trap 'sp_hurry=1' USR1
  sp_stat self
  sp_since=$sp_start sp_skip=" $$ ${sp_stat_line%% *} "
  sp_seconds "$sp_timeout"
  sleep "$sp_text" & sp_first=$!
  sp_seconds $((sp_timeout + sp_grace))
  sleep "$sp_text" & sp_second=$!
  while [ -z "$sp_cancelled" ]; do
    wait "$sp_first"
    sp_clock
    [ "$sp_now" -ge "$sp_due" ] && break
    [ "$sp_cancelled" ] && break
    # A program ended this sleep.
    sp_seconds $((sp_due - sp_now))
    sleep "$sp_text" & sp_first=$!
  done
  if [ -z "$sp_cancelled" ]; then
    sp_rule=sp_belongs sp_launcher=$$ sp_roots=' ' sp_victims=' ' sp_freeze='' sp_spare=1
    while sp_find; do :; done
    # shellcheck disable=SC2086 # A list of numbers.
    kill -TERM $sp_victims
    [ "$sp_hurry" ] || wait "$sp_second"
    sp_sweep
  fi
  kill -KILL "$sp_first" "$sp_second"
  wait
}
