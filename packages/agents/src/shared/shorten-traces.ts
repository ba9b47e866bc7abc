/** The file that an executor wrote for a block of code, with its directory. */
const CODE_FILE = /(?<![\w./-])(?:file:\/\/)?(?:\/[\w.-]{1,64}){0,8}\/?tmp_code_(?:[0-9a-f]{8}){1,8}\.(\w{1,8})/g;

/** The directory of Python's library in a traceback. */
const PYTHON_LIBRARY = /(?<=^ {0,8}File ")\/[^"\n]{1,200}\/python3(?:\.\d{1,3})?\/(?:(?:site|dist)-packages\/)?/gm;

/** A frame of Node's loader in a stack. The last frame before an error's properties ends with a brace, and stays. */
const NODE_FRAME = /^ {4}at [^\n]{0,300}node:internal\/[^\n{]{0,300}\n/gm;

/** Shortens the tracebacks of a program that failed: names of files that mean nothing to a model take tokens and invite it to open them. */
export function shortenTraces(text: string): string {
  return text.replace(CODE_FILE, 'code.$1').replace(PYTHON_LIBRARY, '').replace(NODE_FRAME, '');
}
