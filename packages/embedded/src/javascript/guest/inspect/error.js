/** Returns the indented stack of an error, with its cause and its list of errors, if any. */
export function errorText(context, error, formatValue) {
  let text = typeof error.stack === 'string' && error.stack !== '' ? withName(error, error.stack) : `[${headOf(error)}]`;
  if (!text.includes('\n    at') && !text.startsWith('[')) text = `[${text}]`;
  const extras = extraParts(context, error, formatValue);
  if (context.indentation > 0) text = text.replaceAll('\n', `\n${' '.repeat(context.indentation)}`);
  if (extras.length === 0) return text;
  const line = `\n${' '.repeat(context.indentation)}`;
  const own = Object.keys(error).some((key) => key !== 'stack' && key !== 'message');
  return own ? text : `${text} {${line}  ${extras.join(`,${line}  `)}${line}}`;
}

function headOf(error) {
  return Error.prototype.toString.call(error);
}

/** Changes the start of the stack from `Error` to the name of the class, as Node does for a class that extends Error. */
function withName(error, stack) {
  const name = error.constructor?.name;
  const shown = typeof error.name === 'string' && error.name !== 'Error' ? error.name : name;
  if (typeof shown !== 'string' || shown === '' || stack.startsWith(shown) || stack.slice(0, stack.indexOf('\n')).includes(shown))
    return stack;
  return stack.replace(/^[A-Za-z]*Error(?=[:\n\s]|$)/, shown);
}

function extraParts(context, error, formatValue) {
  const parts = [];
  for (const name of ['cause', 'errors']) {
    const descriptor = Object.getOwnPropertyDescriptor(error, name);
    if (!descriptor || descriptor.enumerable || !('value' in descriptor)) continue;
    context.path.push(error);
    context.indentation += 2;
    parts.push(`[${name}]: ${formatValue(context, descriptor.value, 1)}`);
    context.indentation -= 2;
    context.path.pop();
  }
  return parts;
}
