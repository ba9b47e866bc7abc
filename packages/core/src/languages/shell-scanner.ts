const ARITHMETIC = String.raw`\$?\(\((?:[^()\n]|\([^()\n]*\))*\)\)`;
const ESCAPED = String.raw`\\[\s\S]`;
const ANSI_QUOTED = String.raw`\$'(?:\\[\s\S]|[^'\\])*'`;
const COMMENT = String.raw`(?<![^\s;&|(])#[^\n]*`;
const HERE = String.raw`<<(?<tabs>-?)[ \t]*(?<delimiter>(?:'[^'\n]*'|"[^"\n]*"|\\.|[^\s;&|<>()'"\\])+)`;
/** In double quotes, only a substitution contains commands. */
const IN_QUOTES = new RegExp(String.raw`${ESCAPED}|${ARITHMETIC}|(?<open>\$\()|(?<close>")`, 'g');

/** Number of matches, or of lines in a here-document, between two pauses. */
const STEP = 1_024;

type Context = 'commands' | 'quotes';

interface HereDocument {
  readonly delimiter: string;
  /** True for `<<-`, which ignores tabs before the delimiter. */
  readonly stripsTabs: boolean;
}

/**
 * Finds the commands in a shell script that match a pattern. It parses only the part of the grammar that is needed to skip
 * quoted text, comments, arithmetic and here-documents.
 */
export class ShellScanner {
  readonly #code: string;
  readonly #inCommands: RegExp;
  readonly #contexts: Context[] = ['commands'];
  #pending: HereDocument[] = [];

  /** `command` must match from the start of a line or from a separator such as `;`, and must not contain groups. */
  constructor(code: string, command: RegExp) {
    this.#code = code;
    this.#inCommands = new RegExp(
      String.raw`(?<command>${command.source})|<<<|${HERE}|${ARITHMETIC}|${ANSI_QUOTED}|'[^']*'|(?<quote>")|(?<open>\()|(?<close>\))|${COMMENT}|${ESCAPED}|(?<line>\n)`,
      'gm',
    );
  }

  /** Yields the position after each match, and regularly undefined, so that the caller can pause. */
  *find(): Generator<number | undefined, void, void> {
    for (let position = 0, count = 1; ; count += 1) {
      const pattern = this.#contexts.at(-1) === 'quotes' ? IN_QUOTES : this.#inCommands;
      pattern.lastIndex = position;
      const match = pattern.exec(this.#code);
      if (match === null) return;
      position = this.#step(match.groups ?? {}, pattern.lastIndex);
      if (match.groups?.['line'] !== undefined) position = yield* this.#skipDocuments(position);
      if (count % STEP === 0) yield;
      if (match.groups?.['command'] !== undefined) yield position;
    }
  }

  /** Processes a match and returns the position after it. */
  #step(found: Readonly<Record<string, string | undefined>>, position: number): number {
    const { quote, open, close, delimiter, tabs } = found;
    if (quote !== undefined) this.#contexts.push('quotes');
    else if (open !== undefined) this.#contexts.push('commands');
    else if (close !== undefined && this.#contexts.length > 1) this.#contexts.pop();
    else if (delimiter !== undefined) this.#pending.push({ delimiter: unquoted(delimiter), stripsTabs: tabs === '-' });
    return position;
  }

  *#skipDocuments(start: number): Generator<undefined, number, void> {
    const documents = this.#pending;
    this.#pending = [];
    let position = start;
    for (const document of documents) position = yield* endOfDocument(this.#code, { document, position });
    return position;
  }
}

function unquoted(delimiter: string): string {
  return delimiter.replace(/['"]|\\(.)/g, '$1');
}

/** Returns the position after the line that ends a document. Without such a line, the document extends to the end of the script. */
function* endOfDocument(
  code: string,
  { document, position }: { readonly document: HereDocument; readonly position: number },
): Generator<undefined, number, void> {
  for (let start = position, count = 1; start < code.length; count += 1) {
    if (count % STEP === 0) yield;
    const lineEnd = code.indexOf('\n', start);
    const end = lineEnd === -1 ? code.length : lineEnd;
    const line = code.slice(start, end).replace(/\r$/, '');
    if ((document.stripsTabs ? line.replace(/^\t+/, '') : line) === document.delimiter) return end;
    start = end + 1;
  }
  return code.length;
}
