import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseYaml } from '../client/parse-yaml.ts';
import { type Manifest, type ManifestOrigin, type ManifestSource, manifestError } from './manifest-source.ts';
import { copyPlain, isPlainObject, type PlainObject, type PlainValue } from './plain-value.ts';

/** Maximum size of a file. It is larger than any object that a cluster accepts. */
const MAX_BYTES = 2 * 1024 * 1024;

/** Selects a document from a text or file that may contain several documents. */
export interface Wanted {
  readonly option: ManifestOrigin['option'];
  /** The kind to select; undefined for a type without a kind, such as a volume. */
  readonly kind: 'Pod' | undefined;
}

/**
 * Reads any of the four forms. A string that is neither the path of an existing file nor a mapping is reported as a wrong path.
 *
 * @throws {SandpodError} `invalid-options`; the message contains the option and the form.
 */
export function readManifest(source: ManifestSource<object>, wanted: Wanted): Manifest {
  const { option } = wanted;
  if (source instanceof URL) return readFile(source, wanted);
  if (typeof source !== 'string') {
    const origin = { option, form: 'the object' };
    return { ...origin, value: pickKind([plainOf(source, origin)], { ...wanted, origin }) };
  }
  const path = pathOf(source);
  return path === undefined ? readText(source, { ...wanted, form: formOf(source) }) : readFile(path, wanted);
}

/** Returns the path if the string is a path, or undefined if it is a text. */
function pathOf(source: string): string | undefined {
  const text = source.trim();
  if (/[\n\r]/.test(text) || /^[{[]/.test(text)) return undefined;
  if (text.startsWith('file:')) return text;
  const isMapping = /^("[^"]*"|'[^']*'|[A-Za-z][\w.-]*):(\s|$)/.test(text);
  return isMapping && !existsSync(text) ? undefined : source;
}

function formOf(text: string): string {
  return /^\s*[{[]/.test(text) ? 'the JSON text' : 'the YAML text';
}

function readFile(source: string | URL, wanted: Wanted): Manifest {
  const form = `the file ${source instanceof URL ? source.href : source}`;
  const refuse: Refuse = (expected, given, cause) => {
    throw manifestError(
      { option: wanted.option, form },
      { field: '', expected, given, advice: 'Correct the path, or pass the text itself.' },
      cause,
    );
  };
  const path = absolutePathOf(source, refuse);
  if (!existsSync(path)) return refuse('an existing file, or a YAML or JSON text', `the path ${JSON.stringify(path)}`);
  return readText(contentOf(path, refuse), { ...wanted, form });
}

type Refuse = (expected: string, given: string, cause?: unknown) => never;

function absolutePathOf(source: string | URL, refuse: Refuse): string {
  if (typeof source === 'string' && !source.startsWith('file:')) return resolve(source);
  if (!URL.canParse(String(source))) return refuse('a file: URL', 'an invalid URL');
  const url = new URL(source);
  if (url.protocol !== 'file:') return refuse('a file: URL', url.protocol);
  if (url.host !== '') return refuse('a file: URL on this machine', `the host ${url.host}`);
  try {
    return fileURLToPath(url);
  } catch (error) {
    return refuse('a file: URL', reasonOf(error), error);
  }
}

function contentOf(path: string, refuse: Refuse): string {
  const stat = statSync(path);
  if (!stat.isFile()) return refuse('a file', 'a directory or device');
  if (stat.size > MAX_BYTES) return refuse(`at most ${MAX_BYTES} bytes`, `${stat.size}`);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return refuse('a readable file', reasonOf(error), error);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function readText(text: string, wanted: Wanted & { readonly form: string }): Manifest {
  const origin = { option: wanted.option, form: wanted.form };
  const documents = parse(text, origin).filter((document) => document !== null && document !== undefined);
  const objects = documents.map((document) => plainOf(document, origin));
  return { ...origin, value: pickKind(objects, { ...wanted, origin }) };
}

function parse(text: string, origin: ManifestOrigin): unknown[] {
  try {
    return parseYaml(text);
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw manifestError(origin, { field: '', expected: 'YAML or JSON', given: `text that does not parse: ${why}` }, error);
  }
}

function plainOf(value: unknown, origin: ManifestOrigin): PlainObject {
  let plain: PlainValue;
  try {
    plain = copyPlain(value);
  } catch (error) {
    const message = error instanceof TypeError ? error.message : String(error);
    throw manifestError(origin, { field: '', expected: 'plain data', given: `something else (${message})` }, error);
  }
  if (isPlainObject(plain)) return plain;
  throw manifestError(origin, { field: '', expected: 'a mapping', given: Array.isArray(plain) ? 'a list' : JSON.stringify(plain) });
}

/** Returns the only document that matches. Expands a `kind: List` first. */
function pickKind(documents: readonly PlainObject[], wanted: Wanted & { readonly origin: ManifestOrigin }): PlainObject {
  const all = documents.flatMap((each) => (each['kind'] === 'List' && Array.isArray(each['items']) ? each['items'] : [each]));
  const objects = all.filter(isPlainObject);
  const kinds = objects.map(({ kind }) => (typeof kind === 'string' ? kind : 'none'));
  const matching = objects.filter(({ kind }) => kind === wanted.kind || (kind === undefined && objects.length === 1));
  const [found] = matching;
  if (found !== undefined && matching.length === 1) return found;
  const expected = wanted.kind === undefined ? 'one document without a kind' : `one document of kind ${wanted.kind}`;
  const given = kinds.length === 0 ? 'no document' : `documents of kind ${kinds.join(', ')}`;
  throw manifestError(wanted.origin, { field: '', expected, given });
}
