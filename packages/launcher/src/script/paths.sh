# Going to where a path leads. The shell changes into the directory and works on `./name` from there, so that nobody can
# swap a part of the path afterwards. `cd -P` and `$PWD` resolve links without a command substitution, which would cut newlines.

sp_inside() {
  [ -z "$sp_confined" ] && return 0
  case $PWD/ in "$sp_root"/*) return 0 ;; esac
  sp_problem=outside
  return 1
}
sp_make() {
  sp_inside || return 1
  sp_tool mkdir "./$1" || [ -d "./$1" ] || sp_blame
}
sp_remove() { sp_tool rm -f "$@"; }
# Why something could not be made here: where an empty file can be, there was no room for more. The name has to be one that no program can
# guess: opening a pipe would wait for a reader.
sp_blame() {
  sp_probe=./.sandpod-$sp_id-probe
  case $({ true >"$sp_probe"; } 2>&1) in
  '' | *'No space'* | *uota*) sp_problem=full ;;
  *) sp_problem=denied ;;
  esac
  sp_remove "$sp_probe"
  return 1
}
# Goes along path $1 up to its last part, which becomes sp_name. $2: make what is missing.
sp_walk() {
  sp_rest=$1
  case $sp_rest in /*) cd / ;; esac
  while :; do
    case $sp_rest in
    */*) sp_part=${sp_rest%%/*}; sp_rest=${sp_rest#*/} ;;
    *) break ;;
    esac
    case $sp_part in '' | .) continue ;; esac
    if ! [ -d "./$sp_part" ]; then
      sp_problem=not-directory
      if [ -e "./$sp_part" ]; then return 1; fi
      if [ -L "./$sp_part" ]; then [ "$2" ] || sp_problem=missing; return 1; fi
      sp_problem=missing
      [ "$2" ] || return 1
      sp_make "$sp_part" || return 1
    fi
    sp_problem=denied
    cd -P "./$sp_part" || return 1
  done
  sp_name=${sp_rest:-.}
  sp_inside
}
# Goes into the workspace. A program may have taken away its own rights to it, for example with `chmod -R 644 .`.
sp_home() {
  cd -P "${sp_root:-/}" && [ -r . ] && [ -w . ] && return 0
  sp_tool chmod u+rwx "${sp_root:-/}"
  cd -P "${sp_root:-/}" || return 1
}
sp_place() {
  case $1 in
  /*) sp_confined= ;;
  *) sp_confined=1; sp_problem=missing; sp_home || return 1 ;;
  esac
  sp_walk "$1" "$2"
}
# Follows the link that sp_name may be.
sp_follow() {
  sp_hops=0
  while [ -L "./$sp_name" ]; do
    sp_hops=$((sp_hops + 1))
    sp_problem=missing
    [ "$sp_hops" -le 40 ] || return 1
    sp_target=$(sp_tool readlink "./$sp_name" && echo .)
    sp_target=${sp_target%"$sp_newline".}
    sp_problem=denied
    [ "$sp_target" ] || return 1
    sp_walk "$sp_target" || return 1
  done
  sp_problem=missing
  [ -e "./$sp_name" ]
}
# Goes into the directory $1.
sp_enter() {
  sp_place "$1" || return 1
  if ! [ -d "./$sp_name" ]; then
    sp_problem=missing
    [ -e "./$sp_name" ] && sp_problem=not-directory
    return 1
  fi
  sp_problem=denied
  cd -P "./$sp_name" && sp_inside
}
