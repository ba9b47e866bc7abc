import { codedError } from 'sandpod:host';
import { process } from 'sandpod:process';

function fail(code, message) {
  throw codedError(TypeError, code, message);
}

function optionNamed(options, name, isStrict) {
  const option = options[name];
  if (!option && isStrict) fail('ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '--${name}'`);
  return option ?? { type: 'boolean' };
}

function store(values, { name, option, value }) {
  if (!option.multiple) values[name] = value;
  else values[name] = [...(values[name] ?? []), value];
}

/** util.parseArgs without tokens. */
export function parseArgs({ args = process.argv.slice(2), options = {}, strict = true, allowPositionals = !strict } = {}) {
  const values = Object.create(null);
  const positionals = [];
  const queue = [...args];
  const take = (name, inline) => {
    const option = optionNamed(options, name, strict);
    if (option.type === 'boolean') return store(values, { name, option, value: inline ?? true });
    const value = inline ?? queue.shift();
    if (value === undefined) fail('ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '--${name} <value>' argument missing`);
    return store(values, { name, option, value });
  };
  while (queue.length > 0) {
    const text = queue.shift();
    if (text === '--') positionals.push(...queue.splice(0));
    else if (text.startsWith('--')) {
      const [name, ...rest] = text.slice(2).split('=');
      take(name, rest.length > 0 ? rest.join('=') : undefined);
    } else if (text.startsWith('-') && text.length > 1) {
      for (const letter of text.slice(1)) take(Object.keys(options).find((name) => options[name].short === letter) ?? letter);
    } else if (allowPositionals) positionals.push(text);
    else fail('ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL', `Unexpected argument '${text}'. This command does not take positional arguments`);
  }
  for (const [name, option] of Object.entries(options)) if (option.default !== undefined && !(name in values)) values[name] = option.default;
  return { values, positionals };
}
