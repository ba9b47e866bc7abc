# Waits for the mark $0; exits with 1 if the process that was to leave it is gone.
while [ ! -e "$0" ]; do
  pid=$(cat "$0.pid" 2>/dev/null)
  if [ -n "$pid" ] && ! kill -0 "$pid" 2>/dev/null && [ ! -e "$0" ]; then exit 1; fi
  sleep 0.2 2>/dev/null || sleep 1
done
