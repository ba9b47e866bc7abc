import { callHost, callHostForJson, codedError } from '../host.js';
import { dirname } from '../modules/path.js';
import { refuse } from './refused.js';
import { wrapSource } from './wrapped-source.js';

/** The built-in modules by name. Filled by `boot.js`. */
export const builtins = {};
const cache = Object.create(null);

/** Returns a built-in module, or throws with the reason. The generated source of `node:` modules calls this function. */
export function builtinNamed(name, refusal) {
  if (Object.hasOwn(builtins, name)) return builtins[name];
  throw refuse(`node:${name}`, refusal);
}

export function isBuiltin(name) {
  return Object.hasOwn(builtins, name.replace(/^node:/, ''));
}

function run(module, source) {
  const compiled = callHost('compile', module.filename, wrapSource(module.filename, source));
  if (typeof compiled !== 'function') throw compiled;
  const require = createRequire(module.filename);
  require.main = mainModule;
  compiled.call(module.exports, module.exports, require, module, module.filename, dirname(module.filename));
  module.loaded = true;
}

let mainModule;

class Module {
  constructor(filename) {
    this.id = filename;
    this.path = dirname(filename);
    this.exports = {};
    this.filename = filename;
    this.loaded = false;
    this.children = [];
    this.paths = [];
  }

  static createRequire(filename) {
    return createRequire(String(filename).replace(/^file:\/\//, ''));
  }

  static isBuiltin = isBuiltin;

  static get builtinModules() {
    return Object.keys(builtins);
  }
}

export { Module };

function load(filename) {
  if (cache[filename]) return cache[filename].exports;
  const { kind, source } = callHostForJson('loadForRequire', filename);
  const module = new Module(filename);
  cache[filename] = module;
  try {
    if (kind === 'json') module.exports = parseJson(filename, source);
    else if (kind === 'module')
      throw codedError(Error, 'ERR_REQUIRE_ESM', `require() of ES Module ${filename} is not supported: use import instead`);
    else run(module, source);
  } catch (error) {
    delete cache[filename];
    throw error;
  }
  module.loaded = true;
  return module.exports;
}

function parseJson(filename, source) {
  try {
    return JSON.parse(source);
  } catch (error) {
    error.message = `${filename}: ${error.message}`;
    throw error;
  }
}

export function createRequire(filename) {
  const find = (specifier) => {
    const found = callHostForJson('resolveModule', filename, String(specifier));
    if (found.missing === undefined) return found;
    throw Object.assign(codedError(Error, 'MODULE_NOT_FOUND', `Cannot find module '${specifier}'\nRequire stack:\n- ${filename}`), {
      requireStack: [filename],
    });
  };
  const resolve = (specifier) => {
    const { builtin, path } = find(specifier);
    return builtin === undefined ? path : `node:${builtin}`;
  };
  const require = (specifier) => {
    if (typeof specifier !== 'string' || specifier === '')
      throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "id" argument must be a non-empty string');
    const { builtin, path, refusal } = find(specifier);
    return builtin === undefined ? load(path) : builtinNamed(builtin, refusal);
  };
  require.resolve = resolve;
  require.cache = cache;
  return require;
}

/** Runs the program's own file as CommonJS. */
export function runMain(filename, source) {
  mainModule = new Module(filename);
  mainModule.id = '.';
  cache[filename] = mainModule;
  run(mainModule, source);
}

/** Loads a CommonJS file for `import x from './file.cjs'`. */
export function requireFile(filename) {
  return load(filename);
}
