/** Returns the URL of a module in this package, with the extension of the running code: `.ts` for sources, `.js` for built code. */
export function siblingModule(path: string, base: string): URL {
  return new URL(`${path}${base.endsWith('.ts') ? '.ts' : '.js'}`, base);
}
