sp_item; sp_nonce=$sp_value
sp_item; sp_root=$sp_value
sp_item; sp_owns=$sp_value
sp_item; sp_tools=$sp_value
{ [ -r /proc/uptime ] && sp_stat self; } || sp_quit proc
sp_home || { [ -d "$sp_root" ] && sp_quit "workspace-denied $(sp_tool ls -nd "$sp_root")"; sp_quit workspace; }
sp_root=${PWD%/}
sp_machine=1
# Where an exec begins no session, the machine's own processes cannot be told apart by theirs.
[ "$sp_sid" = 1 ] && sp_machine=none
sp_report=''
if [ "$sp_tools" ]; then
  sp_dd=$sp_tools/dd
  # The kernel gives the files of a hidden process to root.
  [ -O "/proc/$$/environ" ] || sp_report=hidden
fi
sp_tool sleep 0 || sp_quit sleep
sp_fractions='' sp_has_stat='' sp_memory='' sp_nonblock=unknown
sp_tool sleep 0.00 && sp_fractions=1
sp_tool stat -L -c '%s %Y' / && sp_has_stat=1
sp_setsid=$(command -v setsid)
for sp_name in /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control; do
  [ -r "$sp_name" ] && { sp_memory=$sp_name; break; }
done
while :; do
  sp_settle '~' "$sp_report"
  sp_report=''
  sp_item; sp_verb=$sp_value
  sp_item; sp_nonce=$sp_value
  case $sp_verb in
  run) sp_run ;;
  kill) sp_kill ;;
  look) sp_look ;;
  signal) sp_signal ;;
  end) sp_end ;;
  read) sp_read_file ;;
  write) sp_write_file ;;
  stat) sp_stat_file ;;
  list) sp_list ;;
  delete) sp_delete ;;
  find) sp_find_programs ;;
  sizes) sp_take_sizes ;;
  ping) sp_open; sp_close ;;
  *) exit 1 ;;
  esac
done
