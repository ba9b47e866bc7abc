/** Inserted before CommonJS code, on its first line, so that line numbers stay correct. */
const wrapperStart = '(function (exports, require, module, __filename, __dirname) {';

const wrapped = new Set();

export function wrapSource(filename, source) {
  wrapped.add(filename);
  return `${wrapperStart}${source}\n})`;
}

/** Converts a column of the wrapped code to the column in the file. */
export function columnInFile(filename, line, column) {
  return line === 1 && wrapped.has(filename) ? Math.max(1, column - wrapperStart.length) : column;
}
