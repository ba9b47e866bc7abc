/**
 * The commands of the shell that are also programs of the sandbox.
 *
 * The list is fixed, because loading the shell only to read the list takes longer than running a program. A test checks that
 * the list matches the shell.
 */
export const SHELL_COMMANDS: ReadonlySet<string> = new Set(
  [
    'echo cat printf ls mkdir rmdir touch rm cp mv ln chmod pwd readlink head tail wc stat grep fgrep egrep rg sed awk sort uniq comm cut',
    'paste tr rev nl fold expand unexpand strings split column join tee find basename dirname tree du env printenv xargs true false clear',
    'jq base64 diff date sleep timeout time seq expr md5sum sha1sum sha256sum file html-to-markdown which tac hostname whoami od gzip',
    'xxd hexdump gunzip zcat tar yq xan mktemp realpath uname id nproc sync cmp factor getconf install nohup shuf truncate tty yes',
  ].flatMap((line) => line.split(' ')),
);
