# shellcheck shell=sh
# Both programs of the keeper begin with this. They work in a file system in which only the keeper's user can read and write.
#
# The usual directories come first in PATH: the image's own PATH may begin with a directory that guest programs can write to.
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$PATH
umask 077
cd /.sandpod || exit 3

# Sets sp_now: centiseconds since the machine started. No change of the clock moves them.
sp_clock() {
  # shellcheck disable=SC2034 # Without a variable for the rest of the line, sp_up would hold it.
  read -r sp_up sp_rest </proc/uptime || exit 3
  sp_part=${sp_up#*.}
  case $sp_part in [0-9][0-9]) ;; *) sp_part=00 ;; esac
  # The 1 before the hundredths keeps 08 and 09 from being octal numbers.
  sp_now=$((${sp_up%%.*} * 100 + 1$sp_part - 100))
}
