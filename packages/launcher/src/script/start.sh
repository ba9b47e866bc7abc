# shellcheck shell=sh
# The launcher: a program that waits in a sandbox for requests. It runs in dash, bash and busybox ash. It needs /proc, dd, cat, rm, mv,
# mkdir, sleep and, to follow links, readlink. It uses setsid and stat if they exist.
#
# Its answers carry a nonce that programs never receive, neither in arguments nor in their environment, so that no output can be mistaken
# for an answer. A program that attacks the launcher itself, which runs as the same user (through its memory where ptrace is allowed,
# through its descriptors in /proc, with a plain kill), can only misreport its own sandbox: its exit code, which it chooses anyway, or a limit
# that it reached. The client enforces time limits a second time.
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
