/** Text to skip: quoted text, comments and escaped characters. */
const SKIPPED = /'[^']*'|"(?:\\[\s\S]|[^"\\])*"|(?<![^\s;&|])#[^\n]*|\\[\s\S]/;
const INSTALL = /(?:^|&&|\|\||;)[ \t]*(?:python[\d.]*[ \t]+-m[ \t]+)?pip[\d.]*[ \t]+install(?=\s|$)/;
/** Excludes a command that already has a quiet option. */
const NOT_QUIET = /(?![^\n;&|]*[ \t](?:-[A-Za-z]*q[A-Za-z]*|--quiet)(?![\w-]))/;
const PATTERN = new RegExp(`${SKIPPED.source}|(?<install>${INSTALL.source})${NOT_QUIET.source}`, 'gm');

/**
 * Adds `-qqq` to the `pip install` commands in a shell script, so that an installation prints nothing unless it fails.
 *
 * Covers `pip`, `pip3` and `python -m pip` at the start of a line and after `&&`, `||` and `;`.
 */
export function silencePip(code: string): string {
  return code.replace(PATTERN, (match, install: string | undefined) => (install === undefined ? match : `${install} -qqq`));
}
