const MAX_CHARACTERS = 1_000;
const QUOTED = /(["'`])(?:file:\/\/)?(?:[A-Za-z]:)?[\\/][^"'`\n]*?([^"'`\n\\/]*)\1/g;
const BARE = /(?:file:\/\/|(?<![\w.)\\/-])(?<!https?:))(?:[A-Za-z]:)?[\\/]+(?:[^\s"'`()<>,;\\/]+[\\/]+)+([^\s"'`()<>,;\\/]*)/g;

/** Shortens each absolute path in an error message to its last part, so that the message reveals nothing about this machine. */
export function withoutHostPaths(message: string): string {
  return message.slice(0, MAX_CHARACTERS).replace(QUOTED, '$1$2$1').replace(BARE, '$1');
}
