/** Yields the lines of a text. Text after the last line break counts as a line only if it is not empty. */
export function* splitLines(text: string): Generator<string, void, void> {
  const breaks = { '\n': -1, '\r': -1 };
  const next = (mark: keyof typeof breaks, from: number): number => {
    if (breaks[mark] < from) {
      const found = text.indexOf(mark, from);
      breaks[mark] = found < 0 ? text.length : found;
    }
    return breaks[mark];
  };
  for (let start = 0; start < text.length; ) {
    const end = Math.min(next('\n', start), next('\r', start));
    yield text.slice(start, end);
    start = end + (text.startsWith('\r\n', end) ? 2 : 1);
  }
}
