import { clientLibrary } from './libraries.ts';

interface Attribute {
  readonly baseName: string;
  /** For example `string`, `V1Container`, `Array<V1Volume>` or `{ [key: string]: string; }`. */
  readonly type: string;
}

interface ApiType {
  getAttributeTypeMap(): readonly Attribute[];
}

/** A field with the name that the Python client uses instead of the name in the API. */
export interface SnakeCaseField {
  /** For example `spec.volumes[0]`. */
  readonly place: string;
  readonly given: string;
  /** The name of the field in the API. */
  readonly expected: string;
}

/**
 * Finds the first field with a name from the Python client, at any depth in an object of an API type. Keys of maps, such as labels, are not
 * checked.
 */
export function findSnakeCaseField(type: 'V1Pod' | 'V1Volume', value: unknown, place = ''): SnakeCaseField | undefined {
  return find(type, value, place);
}

function find(type: string, value: unknown, place: string): SnakeCaseField | undefined {
  const [, item] = /^Array<(.+)>$/.exec(type) ?? [];
  if (item !== undefined) {
    return Array.isArray(value) ? first(value, (each, index) => find(item, each, `${place}[${index}]`)) : undefined;
  }
  const attributes = attributesOf(type);
  if (attributes === undefined || typeof value !== 'object' || value === null) return undefined;
  return first(Object.entries(value), ([key, member]) => {
    const attribute = attributes.find(({ baseName }) => baseName === key);
    if (attribute !== undefined) return find(attribute.type, member, place === '' ? key : `${place}.${key}`);
    const expected = key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const isKnown = attributes.some(({ baseName }) => baseName.toLowerCase() === expected.toLowerCase());
    return key.includes('_') && isKnown ? { place, given: key, expected: nameOf(attributes, expected) } : undefined;
  });
}

/** Returns the API's spelling of a name. Some words in it are in capitals: `host_ip` is `hostIP`. */
function nameOf(attributes: readonly Attribute[], name: string): string {
  return attributes.find(({ baseName }) => baseName.toLowerCase() === name.toLowerCase())?.baseName ?? name;
}

function attributesOf(type: string): readonly Attribute[] | undefined {
  const known = /^[A-Z]/.test(type) ? (clientLibrary() as unknown as Readonly<Record<string, ApiType | undefined>>)[type] : undefined;
  return known?.getAttributeTypeMap?.();
}

function first<Item, Found>(items: readonly Item[], look: (item: Item, index: number) => Found | undefined): Found | undefined {
  for (const [index, item] of items.entries()) {
    const found = look(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
