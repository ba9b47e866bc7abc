import { loadAll } from 'js-yaml';

/** The documents of a text in YAML, of which JSON is a part. @throws {Error} whose first line says what is wrong. */
export function parseYaml(text: string): unknown[] {
  return loadAll(text);
}
