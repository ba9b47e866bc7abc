# Reading the state of a process.

# The name in a stat line may hold anything, even newlines and brackets: fields count from the last bracket.
sp_stat() {
  sp_stat_line=
  while IFS= read -r sp_part; do sp_stat_line=$sp_stat_line$sp_part; done <"/proc/$1/stat" || return 1
  # shellcheck disable=SC2086 # The fields are the words.
  set -- ${sp_stat_line##*) }
  # shellcheck disable=SC2034 # Not every program needs all fields.
  sp_state=$1 sp_ppid=$2 sp_pgrp=$3 sp_sid=$4 sp_start=${20}
  [ "$sp_start" ]
}
