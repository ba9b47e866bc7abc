/**
 * The command that a platform executes to start a launcher. The launcher's script arrives on standard input, so that URLs and audit logs
 * never contain more than this line.
 */
export const LAUNCHER_ARGV: readonly string[] = [
  'sh',
  '-c',
  'IFS= read -r sp_size && eval "$(dd bs="$sp_size" count=1 iflag=fullblock 2>/dev/null)"',
];

/** The same command for a hidden shell, with the copy of `dd` in the directory `$0`. */
export const HIDDEN_READ = 'IFS= read -r sp_size && eval "$("$0/dd" bs="$sp_size" count=1 iflag=fullblock 2>/dev/null)"';
