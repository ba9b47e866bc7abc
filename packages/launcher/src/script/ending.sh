# The verb that ends every process of the sandbox, whichever run started it. It relies on nothing that a program can change about itself: not
# on marks, sessions of runs, or ancestry.

# Fails for what keeps the machine alive: process 1 and its own session. A program cannot join that session, because each of them began in
# a session that the platform made for its exec.
sp_is_leftover() { [ "$1" != 1 ] && [ "$sp_sid" != "$sp_machine" ]; }
# The control groups of process $1, which a program cannot leave.
sp_groups_of() {
  sp_groups=
  while IFS= read -r sp_part; do sp_groups=$sp_groups$sp_part$sp_newline; done <"/proc/$1/cgroup"
}
# Where the machine's other processes are visible too: only what has the mark of a run and is in this container.
sp_is_marked() {
  sp_mark "$1" || return 1
  sp_groups_of "$1"
  [ "$sp_groups" = "$sp_own_groups" ]
}
# The number of the process that was started last. gVisor reports no number.
sp_count_starts() { IFS=' ' read -r sp_part sp_part sp_part sp_part sp_starts </proc/loadavg; }
# Ends what sp_rule selects, until one look at all processes finds none of them while no process started or ended (on a
# shared machine, others start processes all the time). A program may start others
# faster than they can be found one by one; so in the second half of the time, everything is killed in one step, which may end the machine.
sp_end_all() {
  sp_freeze=1 sp_roots=' ' sp_skip=" $$ "
  sp_clock
  sp_half=$((sp_now + 250)) sp_until=$((sp_now + 500))
  while [ "$sp_now" -lt "$sp_until" ]; do
    sp_victims=' ' sp_vanished=
    sp_count_starts; sp_starts_before=$sp_starts
    while sp_find; do :; done
    sp_count_starts
    if [ "$sp_victims" != ' ' ]; then
      # shellcheck disable=SC2086 # A list of numbers.
      kill -KILL $sp_victims
    elif [ -z "$sp_owns" ] || { [ -z "$sp_vanished" ] && [ "$sp_starts" = "$sp_starts_before" ]; }; then
      return 0
    fi
    sp_clock
    [ "$sp_owns" ] && [ "$sp_now" -ge "$sp_half" ] && kill -KILL -1
  done
  return 1
}
sp_end() {
  sp_open
  sp_rule=sp_is_leftover
  if [ -z "$sp_owns" ]; then
    sp_rule=sp_is_marked sp_id=
    sp_groups_of self; sp_own_groups=$sp_groups
  fi
  sp_end_all
  sp_close "$?"
}
