const BACKTICK = 0x60;

/** Returns the length of the longest run of backticks in a text, or 0 if the text has no backticks. */
export function longestBacktickRun(text: string): number {
  let longest = 0;
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    length = text.charCodeAt(index) === BACKTICK ? length + 1 : 0;
    if (length > longest) longest = length;
  }
  return longest;
}
