import { type LackGroup, words } from './listed-lacks.ts';
import * as reasons from './reasons.ts';

/** Common commands that the shell lacks. They end with exit code 127. `*` stands for every other command. */
export const ABSENT_COMMANDS: readonly LackGroup[] = [
  {
    reason: reasons.NO_NETWORK,
    names: words('curl wget ssh scp sftp rsync nc ping telnet ftp dig host nslookup ip ifconfig netstat'),
    instead: reasons.INSTEAD_OF_NETWORK,
  },
  {
    reason: reasons.NO_PACKAGES,
    names: words('pip pip3 npm npx yarn pnpm apt apt-get apk brew conda uv gem'),
    instead: 'Use what is there; nothing can be installed.',
  },
  {
    reason: 'the sandbox has no compiler and no other interpreter',
    names: words('gcc g++ cc clang make cmake go rustc cargo java javac ruby perl php lua R Rscript tsc deno bun python2'),
    instead: 'Use python3, node or sh.',
  },
  {
    reason: 'the shell has no background processes',
    names: words('kill killall pkill jobs fg bg disown ps top htop pgrep parallel watch crontab at chrt ionice nice renice setsid'),
    instead: 'Run commands one after another.',
  },
  { reason: reasons.NOT_INCLUDED, names: words('bc dc units'), instead: 'Use $(( )), awk or python3 -c.' },
  {
    reason: reasons.NOT_INCLUDED,
    names: words('zip unzip bzip2 bunzip2 xz unxz zstd 7z'),
    instead: 'Use gzip, tar, or python3 -m zipfile.',
  },
  {
    reason: reasons.NOT_INCLUDED,
    names: words('openssl sum cksum b2sum sha224sum sha384sum sha512sum base32 basenc'),
    instead: 'Use hashlib and base64 in python3.',
  },
  { reason: reasons.NOT_INCLUDED, names: words('sqlite3 psql mysql'), instead: 'Use the module sqlite3 in python3.' },
  {
    reason: reasons.NOT_INCLUDED,
    names: words('csplit tsort pr fmt numfmt ptx dd shred iconv rename gettext envsubst getopt look hd'),
    instead: 'Use awk, sed or python3.',
  },
  { reason: reasons.NOT_INCLUDED, names: words('gawk mawk zgrep dir vdir'), instead: 'Use awk, grep and ls.' },
  { reason: reasons.NOT_INCLUDED, names: words('diff3 sdiff patch ed'), instead: 'Use diff, sed or python3.' },
  { reason: reasons.NOT_INCLUDED, names: words('git docker kubectl pandoc ffmpeg convert magick gnuplot dot pdftotext pdflatex xmllint') },
  { reason: reasons.NO_TERMINAL, names: words('vi vim nano emacs less more man tput reset stty screen tmux script bind') },
  {
    reason: reasons.NO_SYSTEM,
    names: words(
      'sudo su chroot chown chgrp chcon runcon mount umount df free uptime dmesg lsof strace mkfifo mknod ulimit umask groups hostid logname pinky users who stdbuf locate updatedb',
    ),
  },
  { reason: reasons.NOT_INCLUDED, names: words('arch dircolors link unlink pathchk whereis cal logout times enable caller fc') },
  { reason: 'the shell does not have this command', names: ['*'], instead: 'Use the usual tools, awk, jq or python3.' },
];

/** Syntax that the shell lacks. A script that uses it fails. */
export const ABSENT_SHELL_FEATURES: readonly LackGroup[] = [
  { reason: reasons.NOT_INCLUDED, names: ['coproc', 'select'] },
  { reason: 'handlers for ERR are not supported in this sandbox', names: ['trap ERR'], instead: 'Use set -e, or || after a command.' },
  { reason: reasons.NO_NETWORK, names: ['/dev/tcp', '/dev/udp'], instead: reasons.INSTEAD_OF_NETWORK },
  { reason: 'the shell waits for a command with & before it runs the next command', names: ['background jobs'] },
];
