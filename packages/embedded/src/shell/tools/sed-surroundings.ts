/** The input and output of a sed script. */
export interface SedSurroundings {
  readonly isQuiet: boolean;
  readonly separator: string;
  /** The maximum length of the text that the script may store. */
  readonly longestText: number;
  print(text: string): void;
  writeFile(name: string, text: string): void;
  /** Returns the text of a file, which was read in advance. Returns an empty string if the file could not be read. */
  fileText(name: string): string;
}
