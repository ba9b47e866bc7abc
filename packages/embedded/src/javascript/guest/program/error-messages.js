import { callHost } from '../host.js';

// The engine's messages that programs often print, and the messages of Node.
const messages = [
  [/^cannot read property '(.*)' of (null|undefined)$/s, "Cannot read properties of $2 (reading '$1')"],
  [/^cannot set property '(.*)' of (null|undefined)$/s, "Cannot set properties of $2 (setting '$1')"],
  [/^(.+) is not initialized$/, "Cannot access '$1' before initialization"],
  [/^Date value is NaN$/, 'Invalid time value'],
  [/^invalid array length$/, 'Invalid array length'],
  [/^cannot convert BigInt to number$/, 'Cannot mix BigInt and other types, use explicit conversions'],
  [/^cannot convert symbol to string$/, 'Cannot convert a Symbol value to a string'],
  [/^expecting hex digit$/, 'URI malformed'],
  [/^circular reference$/, 'Converting circular structure to JSON'],
];

/** Returns true if the line assigns to a variable. The engine reports an assignment to a read-only property in the same way. */
function assignsVariable(name, [frame]) {
  const file = frame?.getFileName();
  if (!file || !/^[\w$]+$/.test(name)) return false;
  const line = callHost('sourceLine', file, frame.getLineNumber());
  const variable = name.replaceAll('$', '\\$');
  return new RegExp(`(?:^|[^.\\w$])${variable}\\s*(?:[-+*/%&|^<>?]*=(?![=>])|\\+\\+|--)|(?:\\+\\+|--)${variable}\\b`).test(line);
}

/** Gives errors of the engine the messages that Node gives them. Called when an error is created. */
export function translateMessage(error, frames) {
  const { message } = error;
  if (typeof message !== 'string' || message.length > 1000) return;
  const [, name] = /^'(.+)' is read-only$/.exec(message) ?? [];
  if (name !== undefined) {
    if (assignsVariable(name, frames)) error.message = 'Assignment to constant variable.';
    return;
  }
  const found = messages.find(([pattern]) => pattern.test(message));
  if (found) error.message = message.replace(...found);
}
