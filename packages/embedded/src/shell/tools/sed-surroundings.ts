/** What a sed script reads and writes. */
export interface SedSurroundings {
  readonly isQuiet: boolean;
  readonly separator: string;
  /** The longest text that the script may hold. */
  readonly longestText: number;
  print(text: string): void;
  writeFile(name: string, text: string): void;
  /** The text of a file that was read before, or '' if it cannot be read. */
  fileText(name: string): string;
}
