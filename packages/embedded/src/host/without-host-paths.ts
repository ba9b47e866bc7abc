const MAX_CHARACTERS = 1_000;
const QUOTED = /(["'`])(?:file:\/\/)?(?:[A-Za-z]:)?[\\/][^"'`\n]*?([^"'`\n\\/]*)\1/g;
const BARE = /(?:file:\/\/|(?<![\w.)\\/-])(?<!https?:))(?:[A-Za-z]:)?[\\/]+(?:[^\s"'`()<>,;\\/]+[\\/]+)+([^\s"'`()<>,;\\/]*)/g;

/** Shortens each absolute path in the message of an error to its last part: a guest and its owner learn nothing about this machine. */
export function withoutHostPaths(message: string): string {
  return message.slice(0, MAX_CHARACTERS).replace(QUOTED, '$1$2$1').replace(BARE, '$1');
}
