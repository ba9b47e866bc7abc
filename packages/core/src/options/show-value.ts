const SHOWN_CHARACTERS = 60;

/** Values with these names may be secret, or contain code or data. Only their type is shown. */
const SECRET_NAME = /env|token|password|passwd|secret|key|credential|authorization|cookie/i;
const CONTENT_NAMES: ReadonlySet<unknown> = new Set(['code', 'content', 'stdin', 'argv', 'args', 'command']);

/** Formats a value for an error message: short, on one line, and without possible secrets. */
export function showValue(value: unknown, path: readonly PropertyKey[]): string {
  const isHidden = path.some((key) => CONTENT_NAMES.has(key) || SECRET_NAME.test(String(key)));
  if (typeof value === 'string') return isHidden ? 'a string' : showText(value);
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') {
    return isHidden ? `a ${typeof value}` : String(value);
  }
  return showKind(value);
}

/** Quotes text on one line, and truncates it after 60 characters. */
export function showText(text: string): string {
  if (text.length <= SHOWN_CHARACTERS) return JSON.stringify(text);
  return `${JSON.stringify(text.slice(0, SHOWN_CHARACTERS))}… (${text.length} characters)`;
}

function showKind(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
