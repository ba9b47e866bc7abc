import { loadAll } from 'js-yaml';

/** The documents in a YAML or JSON text. @throws {Error} whose first line describes the problem. */
export function parseYaml(text: string): unknown[] {
  return loadAll(text);
}
