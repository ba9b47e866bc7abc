sp_item; sp_nonce=$sp_value
sp_item; sp_root=$sp_value
sp_item; sp_owns=$sp_value
{ [ -r /proc/uptime ] && sp_stat self; } || sp_quit proc
cd -P "$sp_root" || sp_quit workspace
sp_root=${PWD%/}
sleep 0 || sp_quit sleep
sp_fractions='' sp_has_stat='' sp_memory=''
sleep 0.00 && sp_fractions=1
stat -L -c '%s %Y' / && sp_has_stat=1
sp_setsid=$(command -v setsid)
for sp_name in /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control; do
  [ -r "$sp_name" ] && { sp_memory=$sp_name; break; }
done
while :; do
  printf '%s~\n' "$sp_nonce" >&4
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
  ping) sp_open; sp_close ;;
  *) exit 1 ;;
  esac
done
