import { codedError } from '../host.js';
import { process } from '../modules/process.js';

function fail(code, message) {
  throw codedError(TypeError, code, message);
}

/** Implements `util.parseArgs`, without tokens. */
class ArgumentReader {
  values = Object.create(null);
  positionals = [];
  #queue;
  #settings;

  constructor(settings) {
    this.#settings = settings;
    this.#queue = [...settings.args];
  }

  read() {
    while (this.#queue.length > 0) this.#word(this.#queue.shift());
    for (const [name, option] of Object.entries(this.#settings.options)) {
      if (option.default !== undefined && !(name in this.values)) this.values[name] = option.default;
    }
    return { values: this.values, positionals: this.positionals };
  }

  #word(text) {
    if (text === '--') this.positionals.push(...this.#queue.splice(0));
    else if (text.startsWith('--')) this.#long(text.slice(2));
    else if (text.startsWith('-') && text.length > 1) this.#short(text.slice(1));
    else if (this.#settings.allowPositionals) this.positionals.push(text);
    else {
      fail('ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL', `Unexpected argument '${text}'. This command does not take positional arguments`);
    }
  }

  #long(text) {
    const at = text.indexOf('=');
    if (at < 0) this.#take(text);
    else this.#take(text.slice(0, at), text.slice(at + 1));
  }

  #short(letters) {
    const { options } = this.#settings;
    for (const letter of letters) this.#take(Object.keys(options).find((name) => options[name].short === letter) ?? letter);
  }

  #take(name, inline) {
    const known = this.#settings.options[name];
    if (!known && this.#settings.strict) fail('ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '--${name}'`);
    const option = known ?? { type: 'boolean' };
    const value = inline ?? (option.type === 'boolean' ? true : this.#queue.shift());
    if (value === undefined) fail('ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '--${name} <value>' argument missing`);
    this.values[name] = option.multiple ? [...(this.values[name] ?? []), value] : value;
  }
}

export function parseArgs({ args = process.argv.slice(2), options = {}, strict = true, allowPositionals = !strict } = {}) {
  return new ArgumentReader({ args, options, strict, allowPositionals }).read();
}
