import { codedError } from '../host.js';
import { customInspect } from '../inspect/inspect.js';

export const URL = globalThis.URL;

/** Accepts text, pairs, an object, or other URLSearchParams, as in Node. The engine's class accepts only text. */
export class URLSearchParams extends globalThis.URLSearchParams {
  constructor(init = '') {
    super(typeof init === 'object' ? '' : init);
    if (init === null) super.append('null', '');
    if (typeof init !== 'object' || init === null) return;
    for (const pair of init[Symbol.iterator] ? init : Object.entries(init)) {
      const [name, value, ...rest] = pair;
      if (typeof pair === 'string' || value === undefined || rest.length > 0)
        throw codedError(TypeError, 'ERR_INVALID_TUPLE', 'Each query pair must be an iterable [name, value] tuple');
      super.append(name, value);
    }
  }
}
globalThis.URLSearchParams = URLSearchParams;

const linked = new WeakMap();

/** Implements `searchParams`, which the engine's URL lacks. Writes its changes back to the URL. */
class LinkedSearchParams extends URLSearchParams {
  #url;
  search;

  constructor(url) {
    super(url.search);
    this.#url = url;
    Object.defineProperty(this, 'search', { value: url.search, writable: true, enumerable: false });
  }

  #writeBack() {
    const text = this.toString();
    this.#url.search = text === '' ? '' : `?${text}`;
    this.search = this.#url.search;
  }

  append(name, value) {
    super.append(name, value);
    this.#writeBack();
  }

  set(name, value) {
    super.set(name, value);
    this.#writeBack();
  }

  delete(...values) {
    super.delete(...values);
    this.#writeBack();
  }

  sort() {
    super.sort();
    this.#writeBack();
  }
}

Object.defineProperty(URL.prototype, 'searchParams', {
  get() {
    let view = linked.get(this);
    if (!view || view.search !== this.search) {
      view = new LinkedSearchParams(this);
      linked.set(this, view);
    }
    return view;
  },
  configurable: true,
  enumerable: true,
});

const shown = [
  'href',
  'origin',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'searchParams',
  'hash',
];

function showAs(Type, partsOf) {
  Object.defineProperty(Type.prototype, customInspect, {
    value(_depth, options, inspect) {
      return `${Type.name} ${inspect(partsOf(this), { ...options, breakLength: 72 }).replace(/^Map\(\d+\) /, '')}`;
    },
    configurable: true,
    writable: true,
  });
}
showAs(URL, (url) => Object.fromEntries(shown.map((name) => [name, url[name]])));
showAs(URLSearchParams, (parameters) => new Map(parameters));

/** Node's functions for URLs as text. */
export { fileURLToPath, format, parse, pathToFileURL, resolve, Url, urlToHttpOptions } from 'unenv/node/url';
