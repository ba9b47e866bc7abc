# shellcheck shell=sh
# The launcher: a program that waits in a sandbox for requests. It runs in dash, bash and busybox ash. It needs /proc, dd, cat, rm, mv,
# mkdir, sleep and, to follow links, readlink. It uses setsid and stat if they exist.
#
# Its answers carry a nonce that programs never receive, neither in arguments nor in their environment, so that no output can be mistaken
# for an answer. Programs run as the launcher's user. Unless the launcher's shell is hidden, they could open its descriptors in /proc and
# read and answer requests in its place; the client therefore does not let it wait while programs of earlier runs live. A program can
# always stop or kill the launcher. The client enforces time limits a second time.
#
# All variables begin with sp_, so that assigning them never changes what a program inherits.

unset sp_nonce sp_id
# shellcheck disable=SC2034 # Only the launcher restores it.
sp_had_locale=${LC_ALL+1} sp_locale=${LC_ALL-}
# Our own tools speak English, and need not load a locale.
export LC_ALL=C
sp_newline=$(printf '\n.')
sp_newline=${sp_newline%.}
# Standard error is where a shell reports how its children ended; the client's is descriptor 4.
exec 3>&1 4>&2 >/dev/null 2>/dev/null
