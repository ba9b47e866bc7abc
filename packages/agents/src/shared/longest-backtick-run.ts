/** The length of the longest run of backticks in a text; 0 if the text has no backticks. */
export function longestBacktickRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, { length }) => Math.max(longest, length), 0);
}
