# Lists files and directories. "$1" is an absolute path; "$2" is the number of levels, or empty for all levels. Links are followed.
# Each record is the size, the time in seconds, the type (d is a directory) and the path, separated by tabs, and ends with NUL.
base=$1
levels=$2
set -- -L "$base"
[ -z "$levels" ] || set -- "$@" -maxdepth "$levels"
set -- "$@" '(' -path /proc -o -path /sys -o -path /dev ')' -prune -o
if find /dev/null -maxdepth 0 -printf '' 2>/dev/null; then
  find "$@" -printf '%s\t%T@\t%y\t%p\0' 2>/dev/null
else
  # shellcheck disable=SC2016
  one='type=f; [ -d "$path" ] && type=d; facts=$(stat -L -c "%s %Y" "$path" 2>/dev/null) || facts="0 0"'
  # shellcheck disable=SC2016
  print='printf "%s\t%s\t%s\t%s\0" "${facts% *}" "${facts#* }" "$type" "$path"'
  find "$@" -exec sh -c "for path; do $one; $print; done" sh {} + 2>/dev/null
fi
exit 0
