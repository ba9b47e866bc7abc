# The verb that starts a program.

# How often the kernel has killed for want of memory here.
sp_count_kills() {
  sp_kills=0
  [ "$sp_memory" ] || return 0
  while IFS=' ' read -r sp_part sp_text; do
    case $sp_part in oom_kill) sp_kills=$sp_text ;; esac
  done <"$sp_memory"
}
sp_found() {
  [ "$1" ] || return 1
  case $1 in */*) [ -x "$1" ] && ! [ -d "$1" ]; return ;; esac
  sp_rest=${PATH-/usr/local/bin:/usr/bin:/bin}:
  while [ "$sp_rest" ]; do
    sp_part=${sp_rest%%:*}
    sp_rest=${sp_rest#*:}
    [ -f "${sp_part:-.}/$1" ] && [ -x "${sp_part:-.}/$1" ] && return 0
  done
  return 1
}
sp_become() {
  sp_stat self
  sp_open "${sp_stat_line%% *} $sp_start"
  exec >&3 2>&4 3>&- 4>&-
  [ "$sp_special" = 0 ] || set -- env "$@"
  [ "$sp_setsid" ] || exec "$@"
  exec "$sp_setsid" -- "$@"
}
# Standard input in frames, for platforms that cannot close one direction of a connection.
sp_become_fed() {
  (
    sp_stat self
    printf '%s\n' "${sp_stat_line%% *}"
    exec 3>&- 4>&-
    sp_frames 5>&1
  ) | (
    IFS= read -r sp_pump
    (sp_become "$@")
    sp_status=$?
    kill -KILL "$sp_pump"
    exit "$sp_status"
  )
  exit "$?"
}
# Runs in the child: reads the rest of the header and becomes the program.
sp_child() {
  # shellcheck disable=SC3045 # dash, bash and busybox have it.
  ulimit -c 0
  sp_item; sp_left=$sp_value
  while [ "$sp_left" -gt 0 ]; do
    sp_item
    # shellcheck disable=SC3045 # As above; a shell without a letter says so and goes on.
    ulimit "-${sp_value%% *}" "${sp_value#* }"
    sp_left=$((sp_left - 1))
  done
  sp_item; sp_left=$sp_value
  while [ "$sp_left" -gt 0 ]; do
    sp_item
    # shellcheck disable=SC2163 # It is a whole assignment, "NAME=value".
    export "$sp_value"
    sp_left=$((sp_left - 1))
  done
  sp_item; sp_special=$sp_value
  sp_item; sp_program=$sp_value
  sp_item; sp_left=$sp_value
  set --
  while [ "$sp_left" -gt 0 ]; do sp_item; set -- "$@" "$sp_value"; sp_left=$((sp_left - 1)); done
  sp_item
  [ "$sp_value" = go ] || exit 1
  sp_found "$sp_program" || { sp_fail program; exit 127; }
  unset OLDPWD
  if [ "$sp_had_locale" ]; then LC_ALL=$sp_locale; else unset LC_ALL; fi
  SANDPOD_RUN=$sp_id
  export SANDPOD_RUN
  case $sp_stdin in
  none) exec </dev/null ;;
  framed) sp_become_fed "$@" ;;
  esac
  sp_become "$@"
}
sp_find_programs() {
  sp_item; sp_left=$sp_value sp_index=0 sp_answer=
  while [ "$sp_index" -lt "$sp_left" ]; do
    sp_item
    sp_found "$sp_value" && sp_answer="$sp_answer $sp_index"
    sp_index=$((sp_index + 1))
  done
  sp_open
  sp_close "$sp_answer"
}
# Whether something of the run lives on and may hold its output. Sets sp_report to `leftovers` if a process of any run lives: it can open
# the output of this run, whose other end is this launcher's.
sp_lingers() {
  sp_holds=1
  for sp_process in /proc/[0-9]*; do
    sp_process=${sp_process#/proc/}
    sp_stat "$sp_process" || continue
    [ "$sp_sid" = "$sp_machine" ] && continue
    sp_is_over "$sp_process" && continue
    if sp_mark "$sp_process"; then
      sp_holds=0 sp_report=leftovers
    elif [ "$sp_owns" ] && { [ "$sp_verdict" = 1 ] || [ "$sp_ppid" = 1 ]; }; then
      sp_report=leftovers
      [ "$sp_verdict" = 2 ] && [ "$sp_process" -gt $$ ] && sp_holds=0
    fi
  done
  return "$sp_holds"
}
sp_run() {
  sp_item; sp_id=$sp_value
  sp_item; sp_timeout=$sp_value
  sp_item; sp_grace=$sp_value
  sp_item; sp_stdin=$sp_value
  sp_item; sp_files=$sp_value
  sp_index=0
  while [ "$sp_index" -lt "$sp_files" ]; do
    sp_put || sp_quit "$sp_problem $sp_index"
    sp_index=$((sp_index + 1))
  done
  sp_item
  sp_enter "$sp_value" || sp_quit "cwd-$sp_problem"
  case $PWD in /proc | /proc/* | [!/]* | '') sp_quit cwd-outside ;; esac
  sp_count_kills; sp_kills_before=$sp_kills
  sp_due='' sp_expired=0
  if [ "$sp_timeout" ]; then
    sp_clock
    sp_due=$((sp_now + sp_timeout))
    (sp_guard) </dev/null 3>&- 4>&- &
    sp_guardian=$!
  fi
  (sp_child)
  sp_status=$?
  if [ "$sp_due" ]; then
    sp_clock
    if [ "$sp_now" -ge "$sp_due" ]; then
      sp_expired=1
      kill -USR1 "$sp_guardian"
      wait "$sp_guardian"
    else
      kill -TERM "$sp_guardian"
    fi
  fi
  sp_count_kills
  sp_close "$sp_status $sp_expired $((sp_kills - sp_kills_before))"
  [ "$sp_due" ] && wait "$sp_guardian"
  sp_lingers || [ "$sp_stdin" != none ] && { sp_settle . "$sp_report"; sp_leave "$sp_status"; }
  cd /
}
