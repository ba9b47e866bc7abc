# The verbs for files.

# Size in bytes, time in seconds and the same time with its fractions, of what sp_name leads to.
sp_measure() {
  if [ "$sp_has_stat" ]; then
    sp_facts=$(sp_tool stat -L -c '%s %Y %y' "./$sp_name")
  else
    set -f
    # shellcheck disable=SC2046 # The fields of the line are the words.
    set -- $(sp_tool ls -Lnd "./$sp_name")
    set +f
    sp_facts=$5
  fi
  sp_bytes=${sp_facts%% *}
  case $sp_bytes in '' | *[!0-9]*) sp_bytes=0; sp_facts='' ;; esac
}
sp_type() {
  if [ -d "./$sp_name" ]; then sp_kind='directory'
  elif [ -f "./$sp_name" ]; then sp_kind='file'
  else sp_kind=other
  fi
}
sp_stat_file() {
  sp_item
  { sp_place "$sp_value" && sp_follow; } || { sp_fail "$sp_problem"; return; }
  sp_type
  sp_measure
  sp_open
  sp_close "$sp_kind $sp_facts"
}
# Copies what sp_name leads to, to the client; $@ says how much. A name can become a pipe at any time, and opening a pipe waits for a writer,
# so that a file is opened without waiting where dd can; elsewhere for reading and writing, which Linux grants at once, if it is writable.
sp_copy() {
  if [ "$sp_nonblock" = unknown ]; then
    sp_nonblock=''
    "$sp_dd" if=/dev/null iflag=nonblock count=0 </dev/null 3>&- 4>&- && sp_nonblock=iflag=nonblock
  fi
  if [ "$sp_nonblock" ]; then
    "$sp_dd" bs=65536 "$sp_nonblock" "$@" if="./$sp_name" </dev/null >&3 3>&- 4>&-
  elif [ "$sp_kind" = file ] && [ -w "./$sp_name" ] && true <>"./$sp_name"; then
    # A pipe that is open for writing here would never end.
    { [ -f /proc/self/fd/5 ] && "$sp_dd" bs=65536 "$@" <&5 5>&- >&3 3>&- 4>&-; } 5<>"./$sp_name"
  else
    "$sp_dd" bs=65536 "$@" <"./$sp_name" >&3 3>&- 4>&-
  fi
}
sp_read_file() {
  sp_item
  { sp_place "$sp_value" && sp_follow; } || { sp_fail "$sp_problem"; return; }
  sp_type
  case $sp_kind in directory) sp_fail directory; return ;; esac
  [ -r "./$sp_name" ] || { sp_fail denied; return; }
  [ -p "./$sp_name" ] && { sp_fail special; return; }
  sp_measure
  [ "$sp_kind" = file ] || sp_bytes=0
  sp_open "$sp_bytes"
  if [ "$sp_bytes" = 0 ]; then
    sp_copy
  else
    sp_copy count=$(((sp_bytes + 65535) / 65536))
  fi
  sp_close "$?"
}
# Says each of the files "./name" with its facts in front, or without them when one of all is gone by now.
sp_say_files() {
  [ "$sp_has_stat" ] && sp_facts=$(sp_tool stat -c '%s %Y %y' "$@")$sp_newline || sp_facts=''
  for sp_name; do
    printf 'f%s/%s\0' "${sp_facts%%"$sp_newline"*}" "${sp_name#./}" >&3
    sp_facts=${sp_facts#*"$sp_newline"}
  done
}
sp_list() {
  sp_item
  sp_enter "$sp_value" || { sp_fail "$sp_problem"; return; }
  [ -r . ] || { sp_fail denied; return; }
  sp_open
  set --
  for sp_name in ./* ./.*; do
    case $sp_name in ./. | ./..) continue ;; esac
    if [ -L "$sp_name" ]; then sp_kind=l
    elif [ -d "$sp_name" ]; then sp_kind=d
    elif [ -f "$sp_name" ]; then
      set -- "$@" "$sp_name"
      [ "$#" -lt 100 ] || { sp_say_files "$@"; set --; }
      continue
    elif [ -e "$sp_name" ]; then sp_kind=o
    else continue
    fi
    printf '%s/%s\0' "$sp_kind" "${sp_name#./}" >&3
  done
  [ "$#" = 0 ] || sp_say_files "$@"
  sp_close
}
sp_delete() {
  sp_item
  sp_place "$sp_value" || { sp_fail "$sp_problem"; return; }
  if ! [ -L "./$sp_name" ]; then
    [ -d "./$sp_name" ] && { sp_fail directory; return; }
    [ -e "./$sp_name" ] || { sp_fail missing; return; }
  fi
  sp_remove "./$sp_name" || { sp_fail denied; return; }
  sp_open
  sp_close
}
sp_target() {
  sp_place "$1" make || return 1
  sp_problem=directory
  case $sp_name in . | ..) return 1 ;; esac
  [ -d "./$sp_name" ] && ! [ -L "./$sp_name" ] && return 1
  sp_temp=./.sandpod-$sp_id
  return 0
}
# Puts the complete temporary file in its place. mv would go into the directory that a link leads to.
sp_commit() {
  [ -L "./$sp_name" ] && sp_remove "./$sp_name"
  sp_tool mv -f "$sp_temp" "./$sp_name" && return 0
  sp_remove "$sp_temp"
  sp_problem=denied
  return 1
}
sp_abandon() {
  sp_remove "$sp_temp"
  case $sp_error in
  *'No space'* | *uota*) sp_problem=full ;;
  '') sp_problem='cut' ;;
  *) sp_problem=denied ;;
  esac
  return 1
}
sp_receive() {
  # Opened once, and only as a new file: a program that sees the name could put a pipe there.
  sp_error=unopened
  set -C
  sp_frames 5>"$sp_temp"
  sp_status=$?
  set +C
  [ "$sp_error" != unopened ] || { sp_blame; return 1; }
  [ "$sp_status" = 0 ] || { sp_abandon; return 1; }
  sp_commit
}
sp_write_file() {
  sp_item; sp_id=$sp_value
  sp_item
  sp_target "$sp_value" || { sp_fail "$sp_problem"; return; }
  sp_open
  sp_receive || {
    # Only after a cut, all that belongs to the request has been read.
    [ "$sp_problem" = cut ] || sp_quit "$sp_problem"
    sp_fail cut
    return
  }
  sp_close
}
# Makes the file $2 of the text $1; never follows or empties what is there.
sp_make_text() {
  set -C
  printf %s "$1" >"$2"
  sp_status=$?
  set +C
  return "$sp_status"
}
# A small text that is already here: a new file is made in one step, an existing one is replaced.
sp_put_text() {
  if ! [ -e "./$sp_name" ] && ! [ -L "./$sp_name" ]; then
    sp_make_text "$1" "./$sp_name" && return 0
  fi
  sp_make_text "$1" "$sp_temp" || { sp_remove "$sp_temp"; sp_blame; return 1; }
  sp_commit
}
# One file of a run.
sp_put() {
  sp_item; sp_path=$sp_value
  sp_item
  case $sp_value in
  text) sp_item; sp_target "$sp_path" && sp_put_text "$sp_value" ;;
  *) sp_target "$sp_path" && sp_receive ;;
  esac
}
# The kilobytes that each directory takes with all that is below it; nothing for one that cannot be measured.
sp_take_sizes() {
  sp_item; sp_left=$sp_value sp_answer=
  sp_open
  while [ "$sp_left" -gt 0 ]; do
    sp_item
    sp_facts=$(sp_tool du -skx "$sp_value")
    sp_answer="$sp_answer ${sp_facts%%[!0-9]*}"
    sp_left=$((sp_left - 1))
  done
  sp_close "$sp_answer"
}
