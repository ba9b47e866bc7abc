import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import typescript from 'highlight.js/lib/languages/typescript';

/** A piece of code, or a named span that contains pieces. */
export type Token = string | { readonly scope: string; readonly children: readonly Token[] };

interface Open {
  readonly scope: string;
  readonly children: Token[];
}

/** Maximum number of characters in code with colors. Highlighting longer code would block the page. */
const MAX_CHARACTERS = 30_000;
/** Maximum number of characters in a line of code with colors. The time to highlight a word grows with the square of the word's length. */
const MAX_LINE = 300;

/** Builds a tree instead of HTML text, so that code never passes through `innerHTML`. */
class TokenEmitter {
  readonly root: Open = { scope: '', children: [] };
  readonly #open: Open[] = [this.root];

  addText(text: string): void {
    if (text !== '') this.#top.children.push(text);
  }

  startScope(scope: string): void {
    const token: Open = { scope, children: [] };
    this.#top.children.push(token);
    this.#open.push(token);
  }

  endScope(): void {
    if (this.#open.length > 1) this.#open.pop();
  }

  openNode(scope: string): void {
    this.startScope(scope);
  }

  closeNode(): void {
    this.endScope();
  }

  __addSublanguage(emitter: unknown, scope: string): void {
    if (emitter instanceof TokenEmitter) this.#top.children.push({ scope, children: emitter.root.children });
  }

  toHTML(): string {
    return '';
  }

  finalize(): void {
    this.#open.length = 1;
  }

  get #top(): Open {
    return this.#open.at(-1) ?? this.root;
  }
}

hljs.configure({ __emitter: TokenEmitter });
hljs.registerLanguage('python', python);
hljs.registerLanguage('javascript', javascript);
hljs.registerLanguage('typescript', typescript);
hljs.registerLanguage('bash', bash);
hljs.registerLanguage('json', json);

/** Splits code into tokens. If the language is unknown or the code is long, returns one plain token. */
export function highlight(code: string, language: string): readonly Token[] {
  if (!isShort(code) || hljs.getLanguage(language) === undefined) return [code];
  const { _emitter, errorRaised } = hljs.highlight(code, { language, ignoreIllegals: true });
  return errorRaised === undefined && _emitter instanceof TokenEmitter ? _emitter.root.children : [code];
}

function isShort(code: string): boolean {
  return code.length <= MAX_CHARACTERS && code.split('\n').every((line) => line.length <= MAX_LINE);
}
