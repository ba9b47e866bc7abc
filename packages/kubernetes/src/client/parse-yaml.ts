import { loadAll } from 'js-yaml';

/** Returns the documents in a YAML or JSON text. @throws {Error} with a message whose first line describes the problem. */
export function parseYaml(text: string): unknown[] {
  return loadAll(text);
}
