# Runs the shell line $1, and leaves the mark $0 if it succeeds; until then $0.pid holds the id of this process.
rm -f "$0"
echo $$ >"$0.pid"
sh -c "$1"
code=$?
[ "$code" != 0 ] || mv "$0.pid" "$0"
exit "$code"
